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
        let updates = updates(active)
        let momenta = active.own(momenta)
        TensorLists.scale(momenta, by: momentum)
        TensorLists.add(updates, times: variant == .torch ? 1 : rate, to: momenta)
        TensorLists.add(momenta, times: variant == .torch ? -rate : -1, to: active.weights)
      }
    }
  }

  /// r·(g + λ·w) for every weight.
  private func updates(_ active: ActiveGroup) -> [Tensor] {
    let decay = active.group.weightDecay
    let decayed = decay == 0 ? active.gradients : zip(active.gradients, active.weights).map { $0 + $1 * decay }
    guard active.group.adaptsLayers else { return decayed }
    let weightNorms = TensorLists.norms(active.weights)
    let norms = TensorLists.norms(variant == .torch ? active.gradients : decayed)
    return decayed.indices.map { i in
      let divisor = variant == .torch ? norms[i] + weightNorms[i] * decay + 1e-8 : norms[i]
      let ratio = (weightNorms[i] .> 0).and(norms[i] .> 0)
        .select(weightNorms[i] / divisor * trust, else: Tensor(1, type: norms[i].type, on: norms[i].device))
      return decayed[i] * ratio
    }
  }
}
