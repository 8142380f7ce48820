import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct SupConInsideLossTests {
  private let views = [PeerData.first, PeerData.second]
  private let classes = Tensor([PeerData.classes, PeerData.classes].flatMap { $0 })

  @Test func agreesWithSoloLearn() throws {
    try expectPeer("formula.sololearn.supcon", views) {
      SupConInsideLoss(semantics: .soloLearn)(.concatenation($0), labels: classes)
    }
  }

  @Test func agreesWithEquationThree() throws {
    try expectPeer("formula.supcon.in", views) { SupConInsideLoss()(.concatenation($0), labels: classes) }
  }

  @Test(arguments: [[0, 0, 1, 1, 1, 7, 2, 2, 0], [0, 1, 2], [0, 0, 0, 0]])
  func agreesWithTheDefinition(labels: [Int]) {
    let rows = randomRows(labels.count, 4)
    let losses = naiveSplit(rows, labels: labels).filter { !$0.positives.isEmpty }.map { positives, negatives in
      naiveLogSumExp((positives + negatives).map { $0 / 0.3 }) - naiveLogSumExp(positives.map { $0 / 0.3 })
        + Double.log(Double(positives.count))
    }
    let x = rows.asVariable()
    let loss = SupConInsideLoss(temperature: 0.3)(x, labels: Tensor(labels))
    expectClose(loss, [naiveMean(losses)], relative: 1e-12, absolute: 1e-12)
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }

  @Test func gradientsAgreeWithDifferences() {
    for semantics in [Semantics.paper, .soloLearn] {
      expectGradients(at: [PeerData.first]) {
        SupConInsideLoss(semantics: semantics)($0[0], labels: Tensor([0, 0, 1, 1, 1, 7]))
      }
    }
  }

  /// Jensen's inequality: the logarithm of a mean is no less than the mean of logarithms.
  @Test func itIsAtMostTheOtherObjective() {
    let inside = SupConInsideLoss()(PeerData.first, labels: Tensor(PeerData.classes)).item()
    let outside = SupConLoss()(PeerData.first, labels: Tensor(PeerData.classes)).item()
    #expect(inside <= outside + 1e-12)
    let many = Tensor([0, 0, 0, 1, 1, 1])
    #expect(SupConInsideLoss()(PeerData.first, labels: many).item() < SupConLoss()(PeerData.first, labels: many).item())
  }
}
