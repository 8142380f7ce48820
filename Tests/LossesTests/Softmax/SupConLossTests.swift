import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct SupConLossTests {
  private let views = [PeerData.first, PeerData.second]
  private let classes = Tensor(PeerData.classes)

  @Test func agreesWithMetricLearning() throws {
    for semantics in [Semantics.paper, .pml] {
      try expectPeer("pml.supcon.0.1", views) { SupConLoss(semantics: semantics)($0, labels: classes) }
    }
    try expectPeer("pml.supcon.lone", [views[0]]) {
      SupConLoss(semantics: .pml)($0[0], labels: Tensor([0, 0, 1, 1, 1, 7]))
    }
  }

  @Test(arguments: [(0.1, 0.1), (0.1, 0.07), (0.07, 0.07)])
  func agreesWithTheAuthorsCode(temperature: Double, base: Double) throws {
    let loss = SupConLoss(temperature: temperature, semantics: .supcontrast, baseTemperature: base)
    try expectPeer("formula.supcontrast.\(temperature).\(base)", views) { loss($0, labels: classes) }
  }

  @Test func oneViewAsAnchorsAgreesWithTheAuthorsCode() throws {
    let loss = SupConLoss(semantics: .supcontrast, baseTemperature: 0.1)
    try expectPeer("formula.supcontrast.one", views) { loss($0, labels: classes, anchors: .one) }
  }

  @Test func rowsAloneInTheirClassCountForTheAuthorsCode() throws {
    let labels = Tensor([0, 0, 1, 1, 1, 7, 0, 0, 1, 1, 1, 8])
    let loss = SupConLoss(semantics: .supcontrast, baseTemperature: 0.1)
    try expectPeer("formula.supcontrast.lone", views) { loss(.concatenation($0), labels: labels) }
  }

  @Test(arguments: [[0, 0, 1, 1, 1, 7, 2, 2, 0], [0, 1, 2], [0, 0, 0, 0], [5]], AnchorPolicy.allCases)
  func agreesWithTheDefinition(labels: [Int], policy: AnchorPolicy) {
    let rows = randomRows(labels.count, 4)
    let split = naiveSplit(rows, labels: labels)
    if policy == .error, split.contains(where: { $0.positives.isEmpty }) { return }
    let losses = split.filter { !$0.positives.isEmpty }.map { positives, negatives in
      naiveLogSumExp((positives + negatives).map { $0 / 0.3 }) - naiveMean(positives.map { $0 / 0.3 })
    }
    let expected = policy == .zero ? losses.reduce(0, +) / Double(labels.count) : naiveMean(losses)
    let x = rows.asVariable()
    let loss = SupConLoss(temperature: 0.3, policy: policy)(x, labels: Tensor(labels))
    expectClose(loss, [expected], relative: 1e-12, absolute: 1e-12)
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }

  @Test func gradientsAgreeWithDifferences() {
    for semantics in [Semantics.paper, .pml, .supcontrast] {
      expectGradients(at: [PeerData.first]) {
        SupConLoss(semantics: semantics)($0[0], labels: Tensor([0, 0, 1, 1, 1, 7]))
      }
    }
    expectGradients(at: views) { SupConLoss()($0, labels: classes, anchors: .one) }
  }

  @Test func withoutLabelsItIsNTXent() {
    expectClose(SupConLoss(temperature: 0.2)(views), NTXentLoss(temperature: 0.2)(views), relative: 1e-13)
    let three = views + [PeerData.hard]
    expectClose(SupConLoss(temperature: 0.2)(three), NTXentLoss(temperature: 0.2)(three), relative: 1e-13)
  }

  @Test func aSingleClassHasALossButForMetricLearning() {
    let labels = Tensor([4, 4, 4, 4, 4, 4])
    #expect(SupConLoss()(views[0], labels: labels).item() > 0)
    #expect(SupConLoss(semantics: .pml)(views[0], labels: labels).item() == 0)
  }

  @Test func rowsWithoutLossDoNotCountForMetricLearning() {
    // Rows 0 and 1 are the same, and at this temperature so far from the others that their loss is 0 to the last digit;
    // rows 2 and 3 are as far from each other as from all.
    let rows = Tensor([1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1] as [Double], shape: [4, 3])
    let labels = Tensor([0, 0, 1, 1])
    expectClose(SupConLoss(temperature: 0.02)(rows, labels: labels), [Double.log(3) / 2], relative: 1e-12)
    expectClose(SupConLoss(temperature: 0.02, semantics: .pml)(rows, labels: labels), [Double.log(3)], relative: 1e-12)
  }

  @Test func aMemoryAgreesWithMetricLearning() throws {
    let memory = CrossBatchMemory(capacity: 8, size: 5, type: .float64)
    for step in 0..<3 {
      let batch = peerInput(6, 5, 0.37 + 0.02 * Double(step), 1.3)
      let candidates = memory.remember(batch, labels: classes)
      try expectPeer("pml.crossbatch.\(step)", [batch]) {
        SupConLoss(semantics: .pml)($0[0], labels: classes, among: candidates)
      }
    }
  }
}
