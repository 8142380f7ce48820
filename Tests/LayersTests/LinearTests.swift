import Layers
import Tensors
import TestSupport
import Testing

@Suite struct LinearTests {
  @Test func agreesWithPyTorch() throws {
    let peer = try PyTorchComparison()
    try peer.expectSame("linear", { Linear($0, from: 5, to: 3) }) { $0($1) }
    try peer.expectSame("linear.plain", { Linear($0, from: 5, to: 3, bias: false) }) { $0($1) }
  }

  /// Adds x·A with a matrix of its own, in training only.
  private final class Sum: LinearAdapter {
    let matrix: Tensor
    init(_ matrix: Tensor) { self.matrix = matrix }
    func change(for x: Tensor, _ mode: Mode) -> Tensor {
      x.matrixProduct(matrix) * (mode.isTraining ? 1 : 10)
    }
  }

  @Test func anAdapterInTheSlotIsAdded() throws {
    let tree = ParameterTree(seed: 3)
    let linear = Linear(tree.root / "head", from: 2, to: 3)
    let x = Tensor([1, 2, -1, 0.5] as [Float], shape: [2, 2])
    let plain = linear(x)
    let adapter = Sum(Tensor([1, 0, 2, 0, 1, 3] as [Float], shape: [2, 3]).asVariable())
    #expect(tree.linearSlots.map(\.path) == ["head"])
    tree.linearSlots[0].slot.adapter = adapter

    let source = RandomSource(seed: 0)
    expectClose(linear(x, .training(source)) - plain, [1, 2, 8, -1, 0.5, -0.5])
    expectClose(linear(x, .evaluation) - plain, [10, 20, 80, -10, 5, -5])
    let gradient = linear(x, .training(source)).sum().gradients(of: [adapter.matrix])[0]
    expectClose(try #require(gradient), [0, 0, 0, 2.5, 2.5, 2.5])

    linear.slot.adapter = nil
    #expect(linear(x).values(as: Float.self) == plain.values(as: Float.self))
    #expect(tree.parameters.map(\.path) == ["head.weight", "head.bias"])
  }
}
