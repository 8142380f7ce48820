import Layers
import Optimizers

/// An optimizer with its options.
public enum OptimizerRecipe: Hashable, Sendable, Codable {
  /// Stochastic gradient descent with momentum.
  case sgd(momentum: Double, nesterov: Bool, weightDecay: Double)
  /// Adam with decoupled weight decay.
  case adamW(beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double)
  /// Layer-wise adaptive rates, as SimCLR's authors have them.
  case lars(momentum: Double, weightDecay: Double)

  /// Makes the optimizer of some parameters: weights are decayed; biases, norms and scalars are neither decayed nor,
  /// by LARS, adapted.
  ///
  /// - Parameters:
  ///   - parameters: All that is trained.
  ///   - factors: Those of the rate, by path; 1 for all others. Each forms groups of its own.
  /// - Returns: The optimizer, and the parameters in the order in which it takes their gradients.
  func make(
    for parameters: [Parameter], rateFactors factors: [String: Double] = [:]
  ) -> (optimizer: any Optimizer, order: [Parameter]) {
    var parts: [(parameters: [Parameter], group: OptimizerGroup)] = []
    for factor in [1] + Set(factors.values).subtracting([1]).sorted() {
      let own = parameters.filter { factors[$0.path, default: 1] == factor }
      for isDecayed in [true, false] {
        let part = own.filter { ($0.role == .weight) == isDecayed }
        if part.isEmpty { continue }
        let group = OptimizerGroup(
          part.map(\.value), weightDecay: isDecayed ? weightDecay : 0, adaptsLayers: isDecayed, rateFactor: factor)
        parts.append((part, group))
      }
    }
    let groups = parts.map(\.group)
    let optimizer: any Optimizer =
      switch self {
      case .sgd(let momentum, let nesterov, _): SGD(groups, momentum: momentum, nesterov: nesterov)
      case .adamW(let beta1, let beta2, let epsilon, _): AdamW(groups, beta1: beta1, beta2: beta2, epsilon: epsilon)
      case .lars(let momentum, _): LARS(groups, variant: .simCLR, momentum: momentum)
      }
    return (optimizer, parts.flatMap(\.parameters))
  }

  private var weightDecay: Double {
    switch self {
    case .sgd(_, _, let decay), .adamW(_, _, _, let decay), .lars(_, let decay): decay
    }
  }
}
