import Layers
import Optimizers
import TestSupport
import Tensors
import Testing

@testable import Training

@Suite struct OptimizerRecipeTests {
  private func tree() -> ParameterTree {
    let tree = ParameterTree(seed: 1)
    _ = BatchNorm(tree.root / "bn", channels: 3)
    _ = Linear(tree.root / "linear", from: 3, to: 2)
    _ = tree.root.parameter("logit_scale", [], .constant(2), .scale)
    for parameter in tree.trainable { parameter.value.assign(.full(parameter.value.shape, 2)) }
    return tree
  }

  /// With no gradient but 0, decay is all that moves a weight: w ← w − η·λ·w.
  @Test(arguments: [
    OptimizerRecipe.sgd(momentum: 0.9, nesterov: false, weightDecay: 0.25),
    .adamW(beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay: 0.25),
  ])
  func decaysWeightsAlone(recipe: OptimizerRecipe) {
    let tree = tree()
    let (optimizer, order) = recipe.make(for: tree.trainable)
    #expect(Set(order.map(\.path)) == Set(tree.trainable.map(\.path)))
    optimizer.step(gradients: order.map { .zeros($0.value.shape) }, rate: 0.5)
    for parameter in tree.trainable {
      let expected = parameter.path == "linear.weight" ? 2 - 0.5 * 0.25 * 2.0 : 2
      expectClose(
        parameter.value.detached(), Array(repeating: expected, count: parameter.value.count), "\(parameter.path)")
    }
  }

  /// LARS scales a weight's gradient by trust·‖w‖/‖g + λ·w‖, and leaves alone that of biases, norms and scalars.
  @Test func adaptsWeightsAlone() {
    let tree = tree()
    let (optimizer, order) = OptimizerRecipe.lars(momentum: 0, weightDecay: 0).make(for: tree.trainable)
    optimizer.step(gradients: order.map { .ones($0.value.shape) }, rate: 0.5)
    for parameter in tree.trainable {
      // ‖w‖/‖g‖ = 2 where every element is 2 and every gradient 1.
      let expected = parameter.path == "linear.weight" ? 2 - 0.5 * 0.001 * 2 : 1.5
      expectClose(
        parameter.value.detached(), Array(repeating: expected, count: parameter.value.count), "\(parameter.path)")
    }
  }

  @Test func gradientsComeInTheOrderOfTheWeights() {
    let tree = tree()
    let (optimizer, order) = OptimizerRecipe.sgd(momentum: 0, nesterov: false, weightDecay: 0).make(for: tree.trainable)
    optimizer.step(gradients: order.indices.map { .full(order[$0].value.shape, Double($0 + 1)) }, rate: 1)
    for (i, parameter) in order.enumerated() {
      expectClose(parameter.value.detached(), Array(repeating: 1 - Double(i), count: parameter.value.count))
    }
  }

  @Test func ratesOfTheirOwnAreFactors() {
    let tree = tree()
    let proxies = (tree.root / "loss").parameter("proxies", [2, 3], .constant(2), .proxy)
    let (optimizer, order) = OptimizerRecipe.sgd(momentum: 0, nesterov: false, weightDecay: 0.25).make(
      for: tree.trainable, rateFactors: ["loss.proxies": 10])
    #expect(Set(order.map(\.path)) == Set(tree.trainable.map(\.path)) && order.last === proxies)
    optimizer.step(gradients: order.map { .ones($0.value.shape) }, rate: 0.01)
    for parameter in order {
      // w ← w − η·(1 + λ·w), without decay for all but weights, and ten times as far for proxies.
      let expected =
        parameter === proxies ? 2 - 0.1 : parameter.path == "linear.weight" ? 2 - 0.01 * 1.5 : 2 - 0.01
      expectClose(
        parameter.value.detached(), Array(repeating: expected, count: parameter.value.count), "\(parameter.path)")
    }
  }
}
