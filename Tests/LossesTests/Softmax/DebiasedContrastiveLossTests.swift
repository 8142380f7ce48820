import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct DebiasedContrastiveLossTests {
  private let views = [PeerData.first, PeerData.second]

  @Test func agreesWithTheAuthorsFormula() throws {
    try expectPeer("formula.debiased", views) { DebiasedContrastiveLoss()($0[0], $0[1]) }
    try expectPeer("formula.debiased.bound", views) { DebiasedContrastiveLoss(prior: 0.6)($0[0], $0[1]) }
    try expectPeer("formula.hard", views) { HardNegativeLoss()($0[0], $0[1]) }
    try expectPeer("formula.hard.half", views) {
      HardNegativeLoss(temperature: 0.3, prior: 0.05, concentration: 0.5)($0[0], $0[1])
    }
  }

  @Test(arguments: [0.0, 0.1, 0.6], [0.0, 2])
  func agreesWithTheDefinition(prior: Double, concentration: Double) {
    let (a, b, t) = (randomRows(4, 3), randomRows(4, 3, seed: 8), 0.4)
    let cosines = plainCosines(.concatenation([a, b]), .concatenation([a, b]))
    let losses = (0..<8).map { i -> Double in
      let positive = Double.exp(cosines[i][(i + 4) % 8] / t)
      let negatives = (0..<8).filter { $0 % 4 != i % 4 }.map { Double.exp(cosines[i][$0] / t) }
      let weights = negatives.map { Double.exp(concentration * Double.log($0)) }
      let sum = zip(negatives, weights).reduce(0) { $0 + $1.0 * $1.1 } / naiveMean(weights)
      let corrected = max((sum - 6 * prior * positive) / (1 - prior), 6 * Double.exp(-1 / t))
      return -Double.log(positive / (positive + corrected))
    }
    let loss = HardNegativeLoss(temperature: t, prior: prior, concentration: concentration)
    expectClose(loss(a, b), [naiveMean(losses)], relative: 1e-12)
    expectGradients(at: [a, b]) { loss($0[0], $0[1]) }
  }

  @Test func withoutWeightsItIsDebiasedAndWithoutPriorNTXent() {
    let plain = HardNegativeLoss(prior: 0.2, concentration: 0)(views[0], views[1])
    expectClose(plain, DebiasedContrastiveLoss(prior: 0.2)(views[0], views[1]), relative: 1e-12)
    expectClose(DebiasedContrastiveLoss(prior: 0)(views[0], views[1]), NTXentLoss()(views), relative: 1e-12)
  }

  @Test func lowTemperaturesAreFinite() {
    let x = views[0].to(.float32).asVariable()
    for loss in [
      DebiasedContrastiveLoss(temperature: 0.001)(x, views[1].to(.float32)),
      HardNegativeLoss(temperature: 0.001)(x, x.detached()),
    ] {
      #expect(loss.isFinite().all())
      #expect(loss.gradients(of: [x])[0]!.isFinite().all())
    }
  }

  @Test func aBatchOfOneHasNoLoss() {
    #expect(DebiasedContrastiveLoss()(views[0][0..<1], views[1][0..<1]).item() == 0)
    #expect(HardNegativeLoss()(views[0][0..<1], views[1][0..<1]).item() == 0)
  }
}
