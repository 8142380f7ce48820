import Losses
import TestSupport
import Tensors
import Testing

@Suite struct ContrastiveLossTests {
  private let pair = [PairGoldens.first, PairGoldens.second]
  private let labels = Tensor([1, 0, 1, 0, 1, 0])

  @Test(arguments: [0.8, 1.9])
  func agreesWithThePaper(margin: Double) {
    let y = [1.0, 0, 1, 0, 1, 0]
    let d = zip(plainRows(pair[0]), plainRows(pair[1])).map(euclidean)
    let expected = zip(d, y).map { d, y in y == 1 ? d * d / 2 : max(0, margin - d) * max(0, margin - d) / 2 }
    let loss = ContrastiveLoss(margin: margin)
    expectClose(loss(pair[0], pair[1], labels: labels), [mean(expected)], relative: 1e-12)
    expectGradients(at: pair) { loss($0[0], $0[1], labels: labels) }
  }

  @Test func agreesWithSentenceTransformers() throws {
    let loss = ContrastiveLoss.sentenceTransformers
    let variables = pair.map { $0.asVariable() }
    let value = loss(variables[0], variables[1], labels: labels)
    expectClose(value, [0.0620132773], relative: 0, absolute: 1e-9)
    let gradients = value.gradients(of: variables)
    expectClose(gradients[0]!.norm(), [0.0717803624], relative: 0, absolute: 1e-9)
    expectClose(gradients[1]!.norm(), [0.0910491754], relative: 0, absolute: 1e-9)
    try PairGoldens.expect("st.contrastive.cosine", at: pair) { loss($0[0], $0[1], labels: labels) }
    // PyTorch's `pairwise_distance` adds 10⁻⁶ to every difference before it takes the norm.
    for (name, distance, margin) in [("euclidean", PairDistance.euclidean, 1.5), ("manhattan", .manhattan, 3.5)] {
      try PairGoldens.expect("st.contrastive.\(name)", at: pair, relative: 1e-5) {
        ContrastiveLoss(margin: margin, distance: distance)($0[0], $0[1], labels: labels)
      }
    }
  }

  @Test func labelsBetweenWeighBothTerms() {
    let half = Tensor([0.25], shape: [1])
    let (x, y) = (pair[0][0..<1], pair[1][0..<1])
    let loss = ContrastiveLoss(margin: 2)
    let ends = [0, 1].map { loss(x, y, labels: Tensor([$0])).item() }
    expectClose(loss(x, y, labels: half), [0.75 * ends[0] + 0.25 * ends[1]], relative: 1e-12)
  }

  @Test func exchangedSidesGiveTheSame() {
    let loss = ContrastiveLoss()
    expectClose(
      loss(pair[1], pair[0], labels: labels), loss(pair[0], pair[1], labels: labels), relative: 1e-15, absolute: 0)
  }

  @Test func aMovedPlaneGivesTheSame() {
    let loss = ContrastiveLoss(margin: 2)
    expectClose(
      loss(pair[0] + 3, pair[1] + 3, labels: labels), loss(pair[0], pair[1], labels: labels), relative: 1e-12)
  }

  @Test func noPairsCostNothing() {
    let none = Tensor.zeros([0, 5])
    #expect(ContrastiveLoss()(none, none, labels: Tensor([] as [Int])).item() == 0)
  }

  @Test func equalRowsOfANegativePairHaveAFiniteGradient() {
    let x = pair[0].asVariable()
    let loss = ContrastiveLoss()(x, pair[0], labels: Tensor([0, 0, 0, 0, 0, 0]))
    expectClose(loss, [0.5], relative: 1e-12)
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }

  @Test func aWrongNumberOfLabelsTraps() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor.zeros([3, 2])
      _ = ContrastiveLoss()(x, x, labels: Tensor([1, 0]))
    }
  }

  @Test func formulasDifferByLibrary() {
    let formulas = [Semantics.paper, .pml, .sentenceTransformers].map { ContrastiveLoss.description.formula($0) }
    #expect(Set(formulas).count == 3 && !formulas.contains(nil))
    #expect(ContrastiveLoss.description.formula(.lightly) == nil)
  }
}

@Suite struct UnsquaredContrastiveLossTests {
  private let pair = [PairGoldens.first, PairGoldens.second]
  private let labels = Tensor([1, 0, 1, 0, 1, 0])

  @Test(arguments: LossAveraging.allCases)
  func agreesWithTheDefinition(averaging: LossAveraging) {
    let (u, v) = (plainRows(pair[0]).map(unit), plainRows(pair[1]).map(unit))
    func reduced(_ losses: [Double]) -> Double {
      switch averaging {
      case .all: mean(losses)
      case .nonZero: mean(losses.filter { $0 > 0 })
      case .sum: losses.reduce(0, +)
      }
    }
    let positives = [0, 2, 4].map { max(0, euclidean(u[$0], v[$0]) - 0.4) }
    let negatives = [1, 3, 5].map { max(0, 0.6 - euclidean(u[$0], v[$0])) }
    #expect(positives.contains(0) && negatives.contains(0), "the case must tell the means apart")
    let loss = UnsquaredContrastiveLoss(positiveMargin: 0.4, negativeMargin: 0.6, averaging: averaging)
    expectClose(
      loss(pair[0], pair[1], labels: labels), [reduced(positives) + reduced(negatives)], relative: 1e-12)
    expectGradients(at: pair) { loss($0[0], $0[1], labels: labels) }
  }

  @Test func withoutPairsOfAKindTheOtherRemains() {
    let loss = UnsquaredContrastiveLoss()
    let all = loss(pair[0], pair[1], labels: labels).item()
    let indices = [[0, 2, 4], [1, 3, 5]]
    let parts = indices.map { loss(pair[0].items(at: $0), pair[1].items(at: $0), labels: labels.items(at: $0)).item() }
    #expect(abs(all - parts[0] - parts[1]) < 1e-12)
  }
}

@Suite struct OnlineContrastiveLossTests {
  private let pair = [PairGoldens.first, PairGoldens.second]
  private let labels = Tensor([1, 0, 1, 0, 1, 0])

  @Test func agreesWithSentenceTransformers() throws {
    let variables = pair.map { $0.asVariable() }
    let value = OnlineContrastiveLoss()(variables[0], variables[1], labels: labels)
    expectClose(value, [0.7397946350], relative: 0, absolute: 1e-9)
    let gradients = value.gradients(of: variables)
    expectClose(gradients[0]!.norm(), [0.8610318148], relative: 0, absolute: 1e-9)
    expectClose(gradients[1]!.norm(), [1.0922504377], relative: 0, absolute: 1e-9)
    try PairGoldens.expect("st.online-contrastive.cosine", at: pair) {
      OnlineContrastiveLoss()($0[0], $0[1], labels: labels)
    }
    for (name, distance, margin) in [("euclidean", PairDistance.euclidean, 1.5), ("manhattan", .manhattan, 3.5)] {
      try PairGoldens.expect("st.online-contrastive.\(name)", at: pair, relative: 1e-5) {
        OnlineContrastiveLoss(margin: margin, distance: distance)($0[0], $0[1], labels: labels)
      }
    }
  }

  @Test func gradientsAgreeWithDifferences() {
    expectGradients(at: pair) { OnlineContrastiveLoss(margin: 1.2)($0[0], $0[1], labels: labels) }
  }

  @Test func pairsOfOneKindAreHeldAgainstTheirMean() {
    let d = zip(plainRows(pair[0]).map(unit), plainRows(pair[1]).map(unit)).map { 1 - dot($0, $1) }
    let positives = d.filter { $0 > mean(d) }.reduce(0) { $0 + $1 * $1 }
    let negatives = d.filter { $0 < mean(d) }.reduce(0) { $0 + max(0, 0.5 - $1) * max(0, 0.5 - $1) }
    #expect(positives > 0 && negatives > 0)
    for (label, expected) in [(1, positives), (0, negatives)] {
      let labels = Tensor([Int](repeating: label, count: 6))
      expectClose(OnlineContrastiveLoss()(pair[0], pair[1], labels: labels), [expected], relative: 1e-12)
    }
  }

  @Test func easyPairsAndOtherLabelsCostNothing() {
    let x = Tensor([1, 0, 0, 1, 1, 0] as [Double], shape: [3, 2])
    let y = Tensor([1, 0, 1, 0, 0, 1] as [Double], shape: [3, 2])
    #expect(OnlineContrastiveLoss()(x, y, labels: Tensor([1, 0, 7])).item() == 0)
    let none = Tensor.zeros([0, 2])
    #expect(OnlineContrastiveLoss()(none, none, labels: Tensor([] as [Int])).item() == 0)
  }
}
