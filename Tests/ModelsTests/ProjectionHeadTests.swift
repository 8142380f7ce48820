import Layers
import Models
import Tensors
import TestSupport
import Testing

@Suite struct ProjectionHeadTests {
  private func tree(_ recipe: ProjectionHead.Recipe, from input: Int = 6) -> (ProjectionHead, ParameterTree) {
    let tree = ParameterTree(seed: 1)
    return (ProjectionHead(tree.root / "head", from: input, recipe), tree)
  }

  /// Hidden layers as wide as the input, no biases, no shift after the last norm.
  @Test func namesAndShapesOfSimCLRs() {
    let (_, first) = tree(.simCLR)
    #expect(
      first.parameters.filter { $0.role != .buffer }.map { "\($0.path) \($0.value.shape)" } == [
        "head.linear1.weight [6, 6]", "head.linear2.weight [128, 6]", "head.bn1.weight [6]", "head.bn1.bias [6]",
        "head.bn2.weight [128]",
      ])
    let (_, second) = tree(.simCLRv2)
    #expect(second.parameterCount == 36 + 36 + 128 * 6 + 12 + 12 + 128)
  }

  @Test func noLayersChangeNothing() {
    let (head, tree) = tree(.init(layers: 0))
    let h = Tensor.ones([2, 6])
    #expect(tree.parameters.isEmpty)
    #expect(head(h, .evaluation).isSame(as: h))
  }

  /// One layer: the columns of h·Wᵀ, scaled to mean 0 and variance 1 over the batch. SimCLR's weights are small
  /// (σ = 0.01), so ε = 10⁻⁵ shows.
  @Test func aLinearHeadIsANormalisedProduct() {
    let (head, tree) = tree(.init(layers: 1, output: 3))
    let h = Tensor.normal([8, 6], from: RandomSource(seed: 2))
    let y = h.matrixProduct(tree["head.linear1.weight"]!.value.transposed())
    let expected = (y - y.mean(0, keeping: true)) / (y.variance(0, keeping: true) + 1e-5).squareRoot()
    expectClose(head(h, .training(RandomSource(seed: 0))), expected, relative: 1e-4, absolute: 1e-5)
  }

  /// Between two layers there is a ReLU, after the last there is none.
  @Test func onlyTheLastLayerGoesBelowZero() throws {
    let (head, tree) = tree(.init(layers: 2, output: 3))
    let h = Tensor.normal([8, 6], from: RandomSource(seed: 2))
    var z = h
    for i in 1...2 {
      z = z.matrixProduct(tree["head.linear\(i).weight"]!.value.transposed())
      z = (z - z.mean(0, keeping: true)) / (z.variance(0, keeping: true) + 1e-5).squareRoot()
      if i == 1 { z = z.relu() }
    }
    let actual = head(h, .training(RandomSource(seed: 0)))
    expectClose(actual, z, relative: 1e-3, absolute: 1e-4)
    #expect(actual.min().item() < 0)
    for gradient in actual.power(3).sum().gradients(of: tree.trainable.map(\.value)) {
      #expect(try #require(gradient).norm().item() > 1e-5)
    }
  }
}
