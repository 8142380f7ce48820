import Losses
import TestSupport
import Tensors
import Testing

@Suite struct VICRegLossTests {
  private let views = [PeerData.first, PeerData.second]

  @Test func agreesWithLightlyAndMetricLearning() throws {
    try expectPeer("lightly.vicreg", views) { VICRegLoss()($0[0], $0[1]) }
    try expectPeer("pml.vicreg", views) { VICRegLoss()($0[0], $0[1]) }
  }

  @Test func agreesWithTheDefinition() {
    let (x, y) = (plainRows(views[0]), plainRows(views[1]))
    let (n, d) = (6, 5)
    func covariance(_ z: [[Double]], _ j: Int, _ k: Int) -> Double {
      let means = (0..<d).map { c in z.reduce(0) { $0 + $1[c] } / Double(n) }
      return z.reduce(0) { $0 + ($1[j] - means[j]) * ($1[k] - means[k]) } / Double(n - 1)
    }
    var (distance, spread, redundancy) = (0.0, 0.0, 0.0)
    for (p, q) in zip(x, y) { for (a, b) in zip(p, q) { distance += (a - b) * (a - b) / Double(n * d) } }
    for z in [x, y] {
      for j in 0..<d {
        spread += max(0, 1 - (covariance(z, j, j) + 1e-4).squareRoot()) / Double(d) / 2
        for k in 0..<d where k != j { redundancy += covariance(z, j, k) * covariance(z, j, k) / Double(d) }
      }
    }
    expectClose(
      VICRegLoss(invariance: 3, variance: 5, covariance: 7)(views[0], views[1]),
      [3 * distance + 5 * spread + 7 * redundancy], relative: 1e-12)
  }

  @Test func gradientsAgreeWithDifferences() { expectGradients(at: views) { VICRegLoss()($0[0], $0[1]) } }

  @Test func collapsedViewsPayForTheirSpreadOnly() {
    let row = Tensor([1, 2, 3] as [Float], shape: [1, 3]).expanded(to: [4, 3])
    expectClose(VICRegLoss()(row, row), [25 * (1 - 0.01)], relative: 1e-6)
  }

  @Test func aBatchOfOneTraps() async {
    await #expect(processExitsWith: .failure) { _ = VICRegLoss()(.ones([1, 3]), .ones([1, 3])) }
  }
}
