public import Tensors

/// Layer-wise adaptive rate scaling: momentum with a rate that follows the ratio of the norms of weight and gradient.
///
/// Two programs go by the name, and they part as soon as the rate changes; `Variant` names them. With weights *w*,
/// gradient *g*, rate η, decay λ, momentum μ, buffer *v* from 0, trust coefficient *c*, ‖·‖ of one weight tensor:
///
///     .torch     r = c·‖w‖ / (‖g‖ + λ·‖w‖ + 10⁻⁸)     v ← μ·v + r·(g + λ·w)      w ← w − η·v
///     .simCLR    r = c·‖w‖ / ‖g + λ·w‖                v ← μ·v + η·r·(g + λ·w)    w ← w − v
///
/// where *r* = 1 when a norm is 0, and in groups that do not adapt their layers (norms and biases, usually).
///
/// Source: You, Gitman, Ginsburg. "Large Batch Training of Convolutional Networks." 2017, algorithm 1.
/// <https://arxiv.org/abs/1708.03888>
public final class LARS: Optimizer {
  /// Which of the two programs.
  public enum Variant: String, Hashable, Sendable, Codable, CaseIterable {
    /// As lightly and solo-learn have it in PyTorch: the rate multiplies the buffer as it leaves.
    case torch
    /// As SimCLR's authors have it in TensorFlow ("classic momentum"): the buffer holds steps already multiplied by
    /// the rate that they were made with.
    case simCLR
  }

  /// The groups that the optimizer was made with.
  public let groups: [OptimizerGroup]
  /// Which of the two programs this runs.
  public let variant: Variant
  private let momentum, trust: Double
  private let momenta: [Tensor]

  /// Creates an optimizer at rest.
  ///
  /// - Parameters:
  ///   - variant: Which of the two programs.
  ///   - momentum: μ; SimCLR trains with 0.9.
  ///   - trust: The trust coefficient *c*; 0.001 in the paper and in SimCLR.
  public init(_ groups: [OptimizerGroup], variant: Variant, momentum: Double = 0.9, trust: Double = 0.001) {
    precondition((0..<1).contains(momentum), "momentum must lie in 0 ..< 1, got \(momentum)")
    precondition(trust > 0, "the trust coefficient must be positive, got \(trust)")
    self.groups = groups
    self.variant = variant
    self.momentum = momentum
    self.trust = trust
    momenta = groups.zeros()
  }

  /// The buffers, by `momentum.` and the place of the weight among all.
  public var state: [String: Tensor] { named("momentum", momenta) }

  /// Changes all weights that have a gradient, by the formula above.
  public func step(gradients: [Tensor?], rate: Double) {
    withoutGradient {
      for active in ActiveGroup.all(groups, gradients) {
        let rate = rate * active.group.rateFactor
        let momenta = active.own(momenta)
        for (i, ratio) in ratios(active).enumerated() {
          // A step of SGD on r·g with decay r·λ is v ← μ·v + r·(g + λ·w), w ← w − v, in one pass over memory.
          let factor = variant == .torch ? ratio : rate * ratio
          TensorLists.stepSGD(
            [active.weights[i]], gradients: [factor == 1 ? active.gradients[i] : active.gradients[i] * factor],
            momenta: [momenta[i]], rate: variant == .torch ? rate : 1, momentum: momentum,
            weightDecay: active.group.weightDecay * factor, nesterov: false, isFirst: false)
        }
      }
    }
  }

  /// r of every weight; they come from a GPU in one transfer.
  private func ratios(_ active: ActiveGroup) -> [Double] {
    guard active.group.adaptsLayers else { return active.weights.map { _ in 1 } }
    let decay = active.group.weightDecay
    let measured =
      variant == .torch || decay == 0
      ? active.gradients : zip(active.gradients, active.weights).map { $0 + $1 * decay }
    let norms = Tensor.stack(TensorLists.norms(active.weights) + TensorLists.norms(measured)).values(as: Double.self)
    return active.weights.indices.map { i in
      let (weight, gradient) = (norms[i], norms[i + active.weights.count])
      guard weight > 0, gradient > 0 else { return 1 }
      return trust * weight / (variant == .torch ? gradient + decay * weight + 1e-8 : gradient)
    }
  }
}
