import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct DCLLossTests {
  private let views = [PeerData.first, PeerData.second]

  @Test func agreesWithLightly() throws {
    try expectPeer("lightly.dcl", views) { DCLLoss()($0[0], $0[1]) }
    try expectPeer("lightly.dclw", views) { DCLWLoss()($0[0], $0[1]) }
  }

  @Test(arguments: [2, 5])
  func agreesWithTheDefinition(count: Int) {
    let (a, b) = (randomRows(count, 3), randomRows(count, 3, seed: 8))
    let cosines = plainCosines(.concatenation([a, b]), .concatenation([a, b]))
    let own = (0..<count).map { cosines[$0][$0 + count] }
    let mean = naiveMean(own.map { Double.exp($0 / 0.5) })
    func loss(_ weight: (Int) -> Double) -> Double {
      naiveMean(
        (0..<2 * count).map { i in
          let negatives = (0..<2 * count).filter { $0 % count != i % count }.map { cosines[i][$0] / 0.2 }
          return naiveLogSumExp(negatives) - weight(i % count) * own[i % count] / 0.2
        })
    }
    expectClose(DCLLoss(temperature: 0.2)(a, b), [loss { _ in 1 }], relative: 1e-12)
    expectClose(
      DCLWLoss(temperature: 0.2, sigma: 0.5)(a, b), [loss { 2 - Double.exp(own[$0] / 0.5) / mean }], relative: 1e-12)
    expectGradients(at: [a, b]) { DCLLoss(temperature: 0.2)($0[0], $0[1]) }
  }

  @Test func aBatchOfOneHasNeitherLossNorGradient() {
    let x = views[0][0..<1].asVariable()
    for loss in [DCLLoss()(x, views[1][0..<1]), DCLWLoss()(x, views[1][0..<1])] {
      #expect(loss.item() == 0)
      expectClose(loss.gradients(of: [x])[0]!, [0, 0, 0, 0, 0], absolute: 0)
    }
  }

  @Test func theWeightsAreOneOnAverage() {
    // Where all pairs are alike, every weight is 1.
    let rows = Tensor.ones([4, 3])
    expectClose(DCLWLoss()(rows, rows), DCLLoss()(rows, rows), relative: 1e-6)
  }
}
