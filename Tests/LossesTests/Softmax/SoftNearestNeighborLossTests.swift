import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct SoftNearestNeighborLossTests {
  @Test func agreesWithADenseLoss() throws {
    try expectPeer("formula.softneighbor", [PeerData.first]) {
      SoftNearestNeighborLoss(temperature: 2)($0[0], labels: Tensor(PeerData.classes))
    }
  }

  @Test(arguments: [[0, 0, 1, 1, 1, 7, 2, 2, 0], [0, 1, 2], [0, 0, 0, 0]])
  func agreesWithTheDefinition(labels: [Int]) {
    let tensor = randomRows(labels.count, 4)
    let rows = plainRows(tensor)
    func logit(_ i: Int, _ j: Int) -> Double {
      -zip(rows[i], rows[j]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 3
    }
    let losses = labels.indices.compactMap { i -> Double? in
      let others = labels.indices.filter { $0 != i }
      let same = others.filter { labels[$0] == labels[i] }
      guard !same.isEmpty else { return nil }
      return naiveLogSumExp(others.map { logit(i, $0) }) - naiveLogSumExp(same.map { logit(i, $0) })
    }
    let y = Tensor(labels)
    expectClose(
      SoftNearestNeighborLoss(temperature: 3)(tensor, labels: y), [naiveMean(losses)], relative: 1e-12, absolute: 1e-12)
    expectGradients(at: [tensor]) { SoftNearestNeighborLoss(temperature: 3)($0[0], labels: y) }
  }

  @Test func movingAllRowsChangesNothing() {
    let y = Tensor(PeerData.classes)
    expectClose(
      SoftNearestNeighborLoss()(PeerData.first + 3, labels: y), SoftNearestNeighborLoss()(PeerData.first, labels: y),
      relative: 1e-10)
  }
}
