import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct CoSENTLossTests {
  private let grades = Tensor([0.9, 0.1, 0.8, 0.2, 0.7, 0.3])
  private let ties = Tensor([0.9, 0.1, 0.9, 0.1, 0.5, 0.3])
  private let pairs = [PeerData.first, PeerData.second]

  /// The definition, over all couples of pairs.
  private func naive(_ a: Tensor, _ b: Tensor, grades: [Double], scale: Double) -> Double {
    let cosines = plainCosines(a, b)
    var sum = 1.0
    for p in grades.indices {
      for q in grades.indices where grades[p] < grades[q] { sum += Double.exp(scale * (cosines[p][p] - cosines[q][q])) }
    }
    return Double.log(sum)
  }

  @Test func agreesWithSentenceTransformers() throws {
    try expectPeer("st.cosent", pairs) { CoSENTLoss()($0[0], $0[1], grades: grades) }
    try expectPeer("st.cosent.ties", pairs) { CoSENTLoss()($0[0], $0[1], grades: ties) }
    try expectPeer("st.cosent.equal", pairs) { CoSENTLoss()($0[0], $0[1], grades: .ones([6])) }
  }

  @Test(arguments: [1, 2, 7, 40])
  func agreesWithTheDefinition(count: Int) {
    let source = RandomSource(seed: UInt64(count))
    let (a, b) = (
      Tensor.normal([count, 3], type: .float64, from: source), Tensor.normal([count, 3], type: .float64, from: source)
    )
    let grades = (0..<count).map { Double(($0 * 7) % 5) }  // with ties
    expectClose(
      CoSENTLoss(scale: 6)(a, b, grades: Tensor(grades)), [naive(a, b, grades: grades, scale: 6)], relative: 1e-12)
  }

  @Test func gradientsAgreeWithDifferences() {
    expectGradients(at: pairs) { CoSENTLoss(scale: 3)($0[0], $0[1], grades: ties) }
  }

  @Test func onlyTheOrderOfGradesCounts() {
    let loss = CoSENTLoss()(pairs[0], pairs[1], grades: ties)
    expectClose(CoSENTLoss()(pairs[0], pairs[1], grades: ties * 100 - 7), loss, relative: 1e-14)
    let turned = Tensor([3, 5, 1, 0, 4, 2])
    let shuffled = CoSENTLoss()(
      pairs[0].items(at: turned), pairs[1].items(at: turned), grades: ties.items(at: turned))
    expectClose(shuffled, loss, relative: 1e-12)
    expectClose(CoSENTLoss()(pairs[0] * 3, pairs[1] * 0.1, grades: ties), loss, relative: 1e-12)
  }

  @Test func equalGradesAndLonelyPairsHaveNeitherLossNorGradient() {
    for count in [1, 6] {
      let x = pairs[0][0..<count].asVariable()
      let loss = CoSENTLoss()(x, pairs[1][0..<count], grades: .full([count], 0.4))
      #expect(loss.item() == 0)
      expectClose(loss.gradients(of: [x])[0]!, [Double](repeating: 0, count: count * 5), absolute: 0)
    }
  }

  @Test func largeScalesDoNotOverflow() {
    let x = pairs[0].to(.float32).asVariable()
    let loss = CoSENTLoss(scale: 2000)(x, pairs[1].to(.float32), grades: grades)
    expectClose(
      loss, [naive(pairs[0], pairs[1], grades: grades.values(as: Double.self), scale: 300) * 2000 / 300],
      relative: 1e-2)
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }
}
