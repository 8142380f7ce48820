import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct NPairLossTests {
  private let pair = [PairGoldens.first, PairGoldens.second]

  @Test func agreesWithTheDefinition() {
    let (a, p) = (plainRows(pair[0]), plainRows(pair[1]))
    let losses = (0..<6).map { i in
      Double.log(1 + (0..<6).reduce(0) { $1 == i ? $0 : $0 + Double.exp(dot(a[i], p[$1]) - dot(a[i], p[i])) })
    }
    let lengths = (a + p).reduce(0) { $0 + dot($1, $1) } / 6
    expectClose(NPairLoss()(pair[0], pair[1]), [mean(losses)], relative: 1e-12)
    let loss = NPairLoss(regularization: 0.02)
    expectClose(loss(pair[0], pair[1]), [mean(losses) + 0.005 * lengths], relative: 1e-12)
    expectGradients(at: pair) { loss($0[0], $0[1]) }
  }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.n-pair") { NPairLoss.pml($0, labels: $1) }
  }

  @Test func equalRowsGiveTheLogarithmOfTheirNumber() {
    let row = Tensor([1, 2] as [Float], shape: [1, 2]).expanded(to: [10, 2])
    expectClose(NPairLoss()(row, row), [Double.log(10)], relative: 1e-6)
  }

  @Test func classesWithoutAPairCostNothing() {
    let z = pair[0].asVariable()
    let loss = NPairLoss()(z, labels: Tensor([0, 1, 2, 3, 4, 5]))
    #expect(loss.item() == 0)
    expectClose(loss.gradients(of: [z])[0]!, [Double](repeating: 0, count: 30), absolute: 0)
    #expect(NPairLoss()(z, labels: Tensor([0, 0, 2, 3, 4, 5])).item() == 0, "one pair has nobody to be told from")
  }
}
