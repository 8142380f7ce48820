import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct UniformityLossTests {
  @Test func agreesWithTheAuthorsCode() throws {
    try expectPeer("formula.uniformity", [PeerData.first]) { UniformityLoss()($0[0]) }
  }

  @Test(arguments: [2, 7])
  func agreesWithTheDefinition(count: Int) {
    let rows = randomRows(count, 3)
    let cosines = plainCosines(rows, rows)
    var sum = 0.0
    for i in 0..<count { for j in 0..<count where i != j { sum += Double.exp(-3 * (2 - 2 * cosines[i][j])) } }
    expectClose(
      UniformityLoss(sharpness: 3)(rows), [Double.log(sum / Double(count * (count - 1)))], relative: 1e-12)
    expectGradients(at: [rows]) { UniformityLoss(sharpness: 3)($0[0]) }
  }

  @Test func collapsedRowsAreTheWorst() {
    expectClose(UniformityLoss()(.ones([5, 3], type: .float64)), [0], absolute: 1e-12)
    expectClose(UniformityLoss()(Tensor([1, 0, -1, 0] as [Double], shape: [2, 2])), [-8], relative: 1e-12)
  }

  @Test func aBatchOfOneHasNoLoss() { #expect(UniformityLoss()(.ones([1, 3])).item() == 0) }
}
