import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct NTXentLossTests {
  private let views = [PeerData.first, PeerData.second]
  private let classes = Tensor([PeerData.classes, PeerData.classes].flatMap { $0 })

  @Test func twoViewsAgreeWithLightlyAndMetricLearning() throws {
    for semantics in [Semantics.paper, .lightly, .soloLearn, .pml] {
      try expectPeer("lightly.ntxent.0.5", views) { NTXentLoss(semantics: semantics)($0) }
    }
    try expectPeer("lightly.ntxent.0.1", views) { NTXentLoss(temperature: 0.1)($0) }
    try expectPeer("pml.ntxent.instance.0.07", views) { NTXentLoss(temperature: 0.07, semantics: .pml)($0) }
  }

  @Test func classesAgreeWithMetricLearning() throws {
    let loss = NTXentLoss(semantics: .pml)
    try expectPeer("pml.ntxent.class.0.5", views) { loss(.concatenation($0), labels: classes) }
    try expectPeer("pml.ntxent.lone", [views[0]]) { loss($0[0], labels: Tensor([0, 0, 1, 1, 1, 7])) }
  }

  @Test func factorsOfOtherCodeAgree() throws {
    try expectPeer("formula.simclr_tf", views) { NTXentLoss(semantics: .simclrTF)($0) }
    try expectPeer("formula.supcontrast.simclr", views) { NTXentLoss(semantics: .supcontrast)($0) }
  }

  @Test func everyElementOfTheGradientAgreesWithADenseLoss() throws {
    let goldens = try Goldens("losses")
    let variables = [PeerData.first, PeerData.second, PeerData.hard].map { $0.asVariable() }
    let loss = NTXentLoss(temperature: 0.2)(variables)
    expectClose(loss, goldens["threeViews.loss"], relative: 1e-12)
    for (i, gradient) in loss.gradients(of: variables).enumerated() {
      expectClose(gradient!, goldens["threeViews.gradient\(i)"], relative: 1e-9, absolute: 1e-12)
    }
  }

  @Test(arguments: [[0, 0, 1, 1, 1, 7, 2, 2, 0], [0, 1, 2], [0, 0, 0, 0], [3, 3]])
  func classesAgreeWithTheDefinition(labels: [Int]) {
    let rows = randomRows(labels.count, 4)
    let split = naiveSplit(rows, labels: labels)
    let together = split.filter { !$0.positives.isEmpty }.map { positives, negatives in
      naiveLogSumExp((positives + negatives).map { $0 / 0.3 }) - naiveMean(positives.map { $0 / 0.3 })
    }
    let alone = split.flatMap { positives, negatives in
      positives.map { p in naiveLogSumExp(([p] + negatives).map { $0 / 0.3 }) - p / 0.3 }
    }
    let y = Tensor(labels)
    expectClose(
      NTXentLoss(temperature: 0.3)(rows, labels: y), [naiveMean(together)], relative: 1e-12, absolute: 1e-12)
    expectClose(
      NTXentLoss(temperature: 0.3, semantics: .pml)(rows, labels: y), [naiveMean(alone)], relative: 1e-12,
      absolute: 1e-12)
  }

  @Test func gradientsAgreeWithDifferences() {
    for semantics in [Semantics.paper, .pml, .simclrTF] {
      expectGradients(at: [PeerData.first[0..<3], PeerData.second[0..<3], PeerData.hard[0..<3]]) {
        NTXentLoss(semantics: semantics)($0)
      }
      expectGradients(at: [PeerData.first]) {
        NTXentLoss(semantics: semantics)($0[0], labels: Tensor([0, 0, 1, 1, 1, 7]))
      }
    }
  }

  @Test func orderAndNormDoNotCount() {
    let order = Tensor([3, 5, 1, 0, 4, 2])
    let loss = NTXentLoss()(views)
    expectClose(NTXentLoss()(views.map { $0.items(at: order) }), loss, relative: 1e-12)
    expectClose(NTXentLoss()(views[1], views[0]), loss, relative: 1e-12)
    expectClose(NTXentLoss()(views[0] * 7, views[1] * 0.01), loss, relative: 1e-12)
  }

  @Test(arguments: [0.5, 0.001])
  func collapsedViewsGiveTheLogarithmOfTheirNumber(temperature: Double) {
    let row = Tensor([0.3, -1, 2] as [Float], shape: [1, 3]).expanded(to: [32, 3])
    let x = row.asVariable()
    let loss = NTXentLoss(temperature: temperature)(x, row)
    expectClose(loss, [Double.log(63)], relative: 1e-6)
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }

  @Test(arguments: [Semantics.paper, .pml])
  func aBatchOfOneHasNoLoss(semantics: Semantics) {
    let x = views[0][0..<1].asVariable()
    let loss = NTXentLoss(semantics: semantics)(x, views[1][0..<1])
    expectClose(loss, [0], absolute: 1e-15)
    expectClose(loss.gradients(of: [x])[0]!, [0, 0, 0, 0, 0], absolute: 1e-15)
  }

  @Test func zeroRowsAreFinite() {
    let x = Tensor.zeros([4, 3]).asVariable()
    let loss = NTXentLoss(temperature: 0.001)(x, views[0][0..<4].slice(0..<3, along: 1).to(.float32))
    #expect(loss.isFinite().all())
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }

  @Test func unknownSemanticsTrap() async {
    await #expect(processExitsWith: .failure) { _ = NTXentLoss(semantics: .openCLIP) }
  }
}
