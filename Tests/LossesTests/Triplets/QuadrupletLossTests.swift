import Losses
import TestSupport
import Tensors
import Testing

@Suite struct QuadrupletLossTests {
  private let rows = [
    PairGoldens.first, PairGoldens.second, PairGoldens.second.rolled(1), peerInput(6, 5, 0.29, 0.7),
  ]

  @Test(arguments: [(1.0, nil), (0.4, 0.1)])
  func agreesWithTheDefinition(margin: Double, weakMargin: Double?) {
    let (a, p, n, o) = (
      plainRows(rows[0]).map(unit), plainRows(rows[1]).map(unit), plainRows(rows[2]).map(unit),
      plainRows(rows[3]).map(unit)
    )
    func square(_ x: [Double], _ y: [Double]) -> Double { euclidean(x, y) * euclidean(x, y) }
    let losses = (0..<6).map { i in
      max(0, square(a[i], p[i]) - square(a[i], n[i]) + margin)
        + max(0, square(a[i], p[i]) - square(o[i], n[i]) + (weakMargin ?? margin / 2))
    }
    let loss = QuadrupletLoss(margin: margin, weakMargin: weakMargin)
    expectClose(loss(rows[0], rows[1], rows[2], rows[3]), [mean(losses)], relative: 1e-12)
    expectGradients(at: rows) { loss($0[0], $0[1], $0[2], $0[3]) }
  }

  @Test func withoutTheWeakTermItIsATripletLoss() {
    // Others so far from the negatives that their term is met.
    let far = Tensor([10, 0] as [Double], shape: [1, 2])
    let (a, p, n) = (far * 0, far * 0 + 0.1, far * 0 + 0.2)
    let triplet = TripletLoss(margin: 1, distance: .squaredEuclidean)
    expectClose(
      QuadrupletLoss(distance: .squaredEuclidean)(a, p, n, far), triplet(a, p, n), relative: 1e-12)
  }

  @Test func noQuadrupletsCostNothing() {
    let none = Tensor.zeros([0, 3])
    #expect(QuadrupletLoss()(none, none, none, none).item() == 0)
  }
}
