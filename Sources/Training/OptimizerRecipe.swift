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
  /// - Returns: The optimizer, and the parameters in the order in which it takes their gradients.
  func make(for parameters: [Parameter]) -> (optimizer: any Optimizer, order: [Parameter]) {
    let decayed = parameters.filter { $0.role == .weight }
    let others = parameters.filter { $0.role != .weight }
    let groups = [
      OptimizerGroup(decayed.map(\.value), weightDecay: weightDecay),
      OptimizerGroup(others.map(\.value), weightDecay: 0, adaptsLayers: false),
    ].filter { !$0.weights.isEmpty }
    let optimizer: any Optimizer =
      switch self {
      case .sgd(let momentum, let nesterov, _): SGD(groups, momentum: momentum, nesterov: nesterov)
      case .adamW(let beta1, let beta2, let epsilon, _): AdamW(groups, beta1: beta1, beta2: beta2, epsilon: epsilon)
      case .lars(let momentum, _): LARS(groups, variant: .simCLR, momentum: momentum)
      }
    return (optimizer, decayed + others)
  }

  private var weightDecay: Double {
    switch self {
    case .sgd(_, _, let decay), .adamW(_, _, _, let decay), .lars(_, let decay): decay
    }
  }
}
