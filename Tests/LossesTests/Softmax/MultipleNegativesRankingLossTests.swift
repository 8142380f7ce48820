import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct MultipleNegativesRankingLossTests {
  private typealias Loss = MultipleNegativesRankingLoss
  private let pairs = [PeerData.first, PeerData.second]
  private let triplets = [PeerData.first, PeerData.second, PeerData.hard]

  private func expect(_ name: String, _ loss: Loss, _ inputs: [Tensor]) throws {
    try expectPeer("st.mnrl\(name)", inputs) { loss($0[0], $0[1], hardNegatives: Array($0.dropFirst(2))) }
  }

  @Test func directionsAgreeWithSentenceTransformers() throws {
    try expect("", Loss(), pairs)
    try expect(".symmetric", Loss(directions: .both, partition: .perDirection), pairs)
    try expect(".clip", Loss(scale: 1 / 0.07, directions: .both, partition: .perDirection), pairs)
    try expect(".twodirections", Loss(directions: .both), pairs)
    try expect(".gte", Loss(directions: .all), pairs)
    try expect(".q2q", Loss(scale: 2, directions: [.queryToQuery]), pairs)
  }

  @Test func hardNegativesAgreeWithSentenceTransformers() throws {
    try expect(".hard", Loss(), triplets)
    try expect(".hard.gte", Loss(directions: .all), triplets)
    try expect(".hard.symmetric", Loss(directions: .both, partition: .perDirection), triplets)
  }

  @Test func hardnessAgreesWithSentenceTransformers() throws {
    try expect(".hardness.inbatch", Loss(hardness: .inBatch(9)), pairs)
    try expect(".hardness.in_batch_negatives", Loss(hardness: .inBatch(5)), triplets)
    try expect(".hardness.hard_negatives", Loss(hardness: .hardNegatives(5)), triplets)
    try expect(".hardness.all_negatives", Loss(hardness: .all(5)), triplets)
  }

  @Test(arguments: [1, 2, 5])
  func agreesWithTheDefinition(count: Int) {
    let (q, d) = (randomRows(count, 3), randomRows(count, 3, seed: 8))
    let (h, g) = (randomRows(count, 3, seed: 9), randomRows(count, 3, seed: 10))
    let s = 3.0
    func logits(_ a: Tensor, _ b: Tensor) -> [[Double]] { plainCosines(a, b).map { $0.map { $0 * s } } }
    let losses = (0..<count).map { i -> Double in
      let others = (0..<count).filter { $0 != i }
      var terms = logits(q, d)[i] + logits(q, h)[i] + logits(q, g)[i]
      terms += others.map { logits(q, q)[i][$0] } + logits(d, q)[i]
      for rows in [d, h, g] { terms += others.map { logits(d, rows)[i][$0] } }
      return naiveLogSumExp(terms) - logits(q, d)[i][i]
    }
    let loss = Loss(scale: s, directions: .all)
    expectClose(loss(q, d, hardNegatives: [h, g]), [naiveMean(losses)], relative: 1e-12, absolute: 1e-12)
    expectGradients(at: [q, d, h]) { loss($0[0], $0[1], hardNegatives: [$0[2]]) }
  }

  @Test func aPairAloneHasNoLossForward() {
    let q = PeerData.first[0..<1].asVariable()
    for loss in [Loss(), Loss(hardness: .inBatch(9)), Loss(directions: .both, partition: .perDirection)] {
      let value = loss(q, PeerData.second[0..<1])
      expectClose(value, [0], absolute: 1e-14)
      expectClose(value.gradients(of: [q])[0]!, [0, 0, 0, 0, 0], absolute: 1e-14)
    }
  }

  @Test func normsDoNotCount() {
    expectClose(Loss()(pairs[0] * 9, pairs[1] * 0.1), Loss()(pairs[0], pairs[1]), relative: 1e-12)
  }
}
