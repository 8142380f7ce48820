import Losses
import TestSupport
import Tensors
import Testing

@Suite struct AlignmentLossTests {
  private let views = [PeerData.first, PeerData.second]

  @Test func agreesWithTheFormula() throws {
    try expectPeer("formula.alignment", views) { AlignmentLoss()($0[0], $0[1]) }
  }

  @Test(arguments: [1.0, 2, 3])
  func agreesWithTheDefinition(power: Double) {
    let pairs = zip(plainRows(views[0]).map(unit), plainRows(views[1]).map(unit))
    let expected = pairs.map { x, y in
      let squared = zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return power == 2 ? squared : power == 1 ? squared.squareRoot() : squared * squared.squareRoot()
    }
    expectClose(AlignmentLoss(power: power)(views[0], views[1]), [expected.reduce(0, +) / 6], relative: 1e-12)
    expectGradients(at: views) { AlignmentLoss(power: power)($0[0], $0[1]) }
  }

  @Test(arguments: [1.0, 2])
  func equalSidesHaveNoLossAndAFiniteGradient(power: Double) {
    let x = views[0].asVariable()
    let loss = AlignmentLoss(power: power)(x, views[0])
    #expect(loss.item() == 0)
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }

  @Test func itIsTwoLessTwiceTheCosine() {
    expectClose(
      AlignmentLoss()(views[0], views[1]), NegativeCosineLoss()(views[0], views[1]) * 2 + 2, relative: 1e-12)
  }

  @Test func negativeCosineAgreesWithLightly() throws {
    try expectPeer("lightly.negativecosine", views) { NegativeCosineLoss()($0[0], $0[1]) }
    expectGradients(at: views) { NegativeCosineLoss()($0[0], $0[1]) }
  }
}
