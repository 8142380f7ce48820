import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct InfoNCELossTests {
  private let pairs = [PeerData.first, PeerData.second]

  @Test func rawProductsAgreeWithADenseLoss() throws {
    // GradCache's SimpleContrastiveLoss has this value.
    try expectPeer("formula.dot", pairs) { InfoNCELoss(temperature: 1, comparing: .dot)($0[0], $0[1]) }
  }

  @Test func agreesWithSentenceTransformers() throws {
    try expectPeer("st.mnrl", pairs) { InfoNCELoss(temperature: 0.05)($0[0], $0[1]) }
    try expectPeer("st.mnrl.hard", pairs + [PeerData.hard]) {
      InfoNCELoss(temperature: 0.05)($0[0], $0[1], negatives: $0[2])
    }
  }

  @Test(arguments: [(1, 1), (4, 4), (5, 9)])
  func agreesWithTheDefinition(n: Int, m: Int) {
    let (a, b, h) = (randomRows(n, 3), randomRows(m, 3, seed: 8), randomRows(2, 3, seed: 9))
    let (cosines, hard) = (plainCosines(a, b), plainCosines(a, h))
    let losses = (0..<n).map { i in
      naiveLogSumExp((cosines[i] + hard[i]).map { $0 / 0.2 }) - cosines[i][i] / 0.2
    }
    expectClose(InfoNCELoss(temperature: 0.2)(a, b, negatives: h), [naiveMean(losses)], relative: 1e-12)
    expectGradients(at: [a, b, h]) { InfoNCELoss(temperature: 0.2)($0[0], $0[1], negatives: $0[2]) }
  }

  @Test func candidatesToldByNumberAreFound() {
    let order = Tensor([3, 5, 1, 0, 4, 2])
    let bank = PeerData.second.items(at: order)
    let places = Tensor([3, 2, 5, 0, 4, 1])  // where row i of the second lies now
    expectClose(
      InfoNCELoss()(PeerData.first, among: bank, positives: places), InfoNCELoss()(pairs[0], pairs[1]),
      relative: 1e-12)
  }

  @Test func equalRowsGiveTheLogarithmOfTheirNumber() {
    expectClose(InfoNCELoss()(.ones([10, 2]), .ones([16, 2])), [Double.log(16)], relative: 1e-6)
  }
}

@Suite struct MoCoLossTests {
  private let queue = peerInput(4, 5, 0.53, 0.9)

  @Test func agreesWithTheAuthorsFormula() throws {
    try expectPeer("formula.moco", [PeerData.first]) { MoCoLoss()($0[0], PeerData.second, queue: queue) }
  }

  @Test func agreesWithLightlysBank() throws {
    try expectPeer("lightly.ntxent.bank", [PeerData.first, PeerData.second]) {
      MoCoLoss(temperature: 0.1)($0[0], $0[1], queue: queue)
    }
  }

  @Test func agreesWithTheDefinition() {
    let (q, k, n) = (randomRows(5, 3), randomRows(5, 3, seed: 8), randomRows(7, 3, seed: 9))
    let (own, others) = (plainCosines(q, k), plainCosines(q, n))
    let losses = (0..<5).map { i in
      naiveLogSumExp(([own[i][i]] + others[i]).map { $0 / 0.07 }) - own[i][i] / 0.07
    }
    expectClose(MoCoLoss()(q, k, queue: n), [naiveMean(losses)], relative: 1e-12)
    expectGradients(at: [q, k, n]) { MoCoLoss(temperature: 0.3)($0[0], $0[1], queue: $0[2]) }
  }

  @Test func anEmptyQueueHasNoLossAndNoGradient() {
    let q = PeerData.first.asVariable()
    let loss = MoCoLoss()(q, PeerData.second, queue: EmbeddingQueue(capacity: 3, size: 5, type: .float64).embeddings)
    #expect(loss.item() == 0)
    expectClose(loss.gradients(of: [q])[0]!, [Double](repeating: 0, count: 30), absolute: 0)
  }
}
