public import Tensors

/// Stochastic gradient descent with momentum.
///
/// With weights *w*, gradient *g*, rate η, decay λ, momentum μ and buffer *v*, which begins at 0:
///
///     g ← g + λ·w
///     v ← μ·v + g
///     w ← w − η·v            or, with Nesterov's look-ahead, w − η·(g + μ·v)
///
/// The rate multiplies the buffer as it leaves, as in PyTorch: a change of rate acts on the whole past at once.
public final class SGD: Optimizer {
  /// The groups that the optimizer was made with.
  public let groups: [OptimizerGroup]
  private let momentum: Double
  private let nesterov: Bool
  private let momenta: [Tensor]

  /// Creates an optimizer at rest.
  ///
  /// - Parameter nesterov: Whether the step looks ahead by one more momentum; takes a momentum above 0.
  public init(_ groups: [OptimizerGroup], momentum: Double = 0.9, nesterov: Bool = false) {
    precondition((0..<1).contains(momentum), "momentum must lie in 0 ..< 1, got \(momentum)")
    precondition(!nesterov || momentum > 0, "Nesterov's look-ahead takes a momentum above 0")
    self.groups = groups
    self.momentum = momentum
    self.nesterov = nesterov
    momenta = momentum > 0 ? groups.zeros() : []
  }

  /// The buffers, by `momentum.` and the place of the weight among all.
  public var state: [String: Tensor] { named("momentum", momenta) }

  /// Changes all weights that have a gradient, by the formula above.
  public func step(gradients: [Tensor?], rate: Double) {
    for active in ActiveGroup.all(groups, gradients) {
      TensorLists.stepSGD(
        active.weights, gradients: active.gradients, momenta: momentum > 0 ? active.own(momenta) : [],
        rate: rate * active.group.rateFactor, momentum: momentum, weightDecay: active.group.weightDecay,
        nesterov: nesterov, isFirst: false)
    }
  }
}
