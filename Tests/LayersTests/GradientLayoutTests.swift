import Layers
import Tensors
import TestSupport
import Testing

/// Fused optimizers walk weights and gradients as plain memory: a gradient in another order would be added to the wrong
/// elements, silently.
@Suite struct GradientLayoutTests {
  /// Filters lie channels-last; the gradient of Σ c·w is c, which lies row-major, and that of Σ w is one number.
  @Test func aStepMovesTheRightElements() {
    let weight = ParameterTree(seed: 1).root.parameter("w", [2, 3, 2, 2], .normal(deviation: 1), .weight).value
    let before = weight.values(as: Float.self)
    let c = Tensor.normal([2, 3, 2, 2], from: RandomSource(seed: 4))
    step(weight, along: (weight * c).sum())
    expectClose(weight, zip(before, c.values(as: Float.self)).map { Double($0 - 0.5 * $1) })
    step(weight, along: weight.sum() - (weight * c).sum())
    expectClose(weight, before.map { Double($0) - 0.5 })
  }

  private func step(_ weight: Tensor, along loss: Tensor) {
    let gradient = loss.gradients(of: [weight])[0]!
    TensorLists.stepSGD(
      [weight], gradients: [gradient], momenta: [.zeros(weight.shape)], rate: 0.5, momentum: 0, weightDecay: 0,
      nesterov: false, isFirst: true)
  }
}
