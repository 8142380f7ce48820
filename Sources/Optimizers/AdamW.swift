public import Tensors

/// Adam with decoupled weight decay.
///
/// With weights *w*, gradient *g*, rate η, decay λ, and moments *m*, *v* that begin at 0, at step *t* = 1, 2, …:
///
///     w ← w − η·λ·w
///     m ← β₁·m + (1 − β₁)·g           v ← β₂·v + (1 − β₂)·g²
///     w ← w − η · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)
///
/// Source: Loshchilov, Hutter. "Decoupled Weight Decay Regularization." ICLR 2019, algorithm 2, with η for its ηₜ·α, and
/// λ multiplied by the rate, as PyTorch has it. <https://arxiv.org/abs/1711.05101>
public final class AdamW: Optimizer {
  /// The groups that the optimizer was made with.
  public let groups: [OptimizerGroup]
  private let beta1, beta2, epsilon: Double
  private let means, squares: [Tensor]
  /// How many steps every weight has made, as libtorch wants it: a `float32`, exact up to 16 million.
  private let steps: [Tensor]

  /// Creates an optimizer at rest.
  ///
  /// The defaults are Adam's own. CLIP trains its transformers with β₂ = 0.98 and ε = 10⁻⁶.
  public init(_ groups: [OptimizerGroup], beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
    precondition((0..<1).contains(beta1), "β₁ must lie in 0 ..< 1, got \(beta1)")
    precondition((0..<1).contains(beta2), "β₂ must lie in 0 ..< 1, got \(beta2)")
    precondition(epsilon > 0, "ε must be positive, got \(epsilon)")
    self.groups = groups
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    means = groups.zeros()
    squares = groups.zeros()
    steps = means.map { .zeros([], on: $0.device) }
  }

  /// The moments and numbers of steps, by `mean.`, `square.` or `step.` and the place of the weight among all.
  public var state: [String: Tensor] {
    named("mean", means).merging(named("square", squares)) { a, _ in a }.merging(named("step", steps)) { a, _ in a }
  }

  /// Changes all weights that have a gradient, by the formula above.
  public func step(gradients: [Tensor?], rate: Double) {
    for active in ActiveGroup.all(groups, gradients) {
      let steps = active.own(steps)
      let one = Tensor(1, on: active.weights[0].device)
      withoutGradient { for step in steps { step.add(one) } }
      TensorLists.stepAdamW(
        active.weights, gradients: active.gradients, means: active.own(means), squares: active.own(squares),
        steps: steps, rate: rate * active.group.rateFactor, beta1: beta1, beta2: beta2,
        weightDecay: active.group.weightDecay, epsilon: epsilon)
    }
  }
}
