import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct AnglELossTests {
  private let grades = Tensor([0.9, 0.1, 0.8, 0.2, 0.7, 0.3])
  private let ties = Tensor([0.9, 0.1, 0.9, 0.1, 0.5, 0.3])
  private let pairs = [PeerData.first, PeerData.second]

  @Test func agreesWithSentenceTransformers() throws {
    try expectPeer("st.angle", pairs) { AnglELoss()($0[0], $0[1], grades: grades) }
    try expectPeer("st.angle.ties", pairs) { AnglELoss()($0[0], $0[1], grades: ties) }
  }

  /// |Re x·ȳ + Im x·ȳ| by complex numbers, of unit vectors of an even length.
  private func naiveSimilarity(_ x: [Double], _ y: [Double]) -> Double {
    let half = x.count / 2
    var (real, imaginary) = (0.0, 0.0)
    for i in 0..<half {
      let (a, b, c, d) = (x[i], x[half + i], y[i], y[half + i])
      real += a * c + b * d  // (a + ib)·(c − id)
      imaginary += b * c - a * d
    }
    return abs(real + imaginary)
  }

  @Test func agreesWithTheDefinition() {
    let source = RandomSource(seed: 4)
    let (a, b) = (
      Tensor.normal([9, 6], type: .float64, from: source), Tensor.normal([9, 6], type: .float64, from: source)
    )
    let grades = (0..<9).map { Double($0 % 4) }
    let scores = zip(plainRows(a).map(unit), plainRows(b).map(unit)).map { 5 * naiveSimilarity($0, $1) }
    var sum = 1.0
    for p in 0..<9 { for q in 0..<9 where grades[p] < grades[q] { sum += Double.exp(scores[p] - scores[q]) } }
    expectClose(AnglELoss(scale: 5)(a, b, grades: Tensor(grades)), [Double.log(sum)], relative: 1e-12)
  }

  @Test func gradientsAgreeWithDifferencesAtEvenAndOddLengths() {
    expectGradients(at: pairs) { AnglELoss(scale: 3)($0[0], $0[1], grades: ties) }
    let even = pairs.map { $0.slice(0..<4, along: 1) }
    expectGradients(at: even) { AnglELoss(scale: 3)($0[0], $0[1], grades: ties) }
  }

  @Test func equalGradesHaveNeitherLossNorGradient() {
    let x = pairs[0].asVariable()
    let loss = AnglELoss()(x, pairs[1], grades: .ones([6]))
    #expect(loss.item() == 0)
    expectClose(loss.gradients(of: [x])[0]!, [Double](repeating: 0, count: 30), absolute: 0)
  }
}
