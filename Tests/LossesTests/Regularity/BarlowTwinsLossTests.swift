import Losses
import TestSupport
import Tensors
import Testing

@Suite struct BarlowTwinsLossTests {
  private let views = [PeerData.first, PeerData.second]

  @Test func agreesWithLightly() throws {
    try expectPeer("lightly.barlow", views) { BarlowTwinsLoss()($0[0], $0[1]) }
  }

  @Test func agreesWithTheDefinition() {
    func standardized(_ rows: [[Double]]) -> [[Double]] {
      let columns = (0..<5).map { j in rows.map { $0[j] } }
      let scaled = columns.map { column -> [Double] in
        let mean = column.reduce(0, +) / 6
        let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 6
        return column.map { ($0 - mean) / (variance + 1e-5).squareRoot() }
      }
      return scaled  // by columns
    }
    let (x, y) = (standardized(plainRows(views[0])), standardized(plainRows(views[1])))
    var expected = 0.0
    for j in 0..<5 {
      for k in 0..<5 {
        let correlation = dot(x[j], y[k]) / 6
        expected += j == k ? (1 - correlation) * (1 - correlation) : 0.3 * correlation * correlation
      }
    }
    expectClose(BarlowTwinsLoss(redundancyWeight: 0.3)(views[0], views[1]), [expected], relative: 1e-12)
  }

  @Test func gradientsAgreeWithDifferences() {
    expectGradients(at: views) { BarlowTwinsLoss(redundancyWeight: 0.5)($0[0], $0[1]) }
  }

  @Test func scaleAndShiftOfColumnsDoNotCount() {
    let loss = BarlowTwinsLoss()(views[0] * 1e3, views[1])
    expectClose(BarlowTwinsLoss()(views[0] * 1e3 + 5e3, views[1]), loss, relative: 1e-9)
  }

  @Test func constantColumnsAreFinite() {
    let x = Tensor.ones([4, 3]).asVariable()
    let loss = BarlowTwinsLoss()(x, .ones([4, 3]))
    expectClose(loss, [3], relative: 1e-6)
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }
}
