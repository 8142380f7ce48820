public import Tensors

/// Several losses of one batch as one: Σ wᵢ·Lᵢ.
///
/// Every part can be looked at alone: `parts` are the values before they are weighed.
///
///     var sum = WeightedSum()
///     sum.add("contrast", NTXentLoss()(first, second))
///     sum.add("spread", UniformityLoss()(first), weight: 0.1)
///     sum.loss.gradients(of: …)
public struct WeightedSum {
  /// The losses by name, in the order in which they were added, with their weights.
  public private(set) var parts: [(name: String, loss: Tensor, weight: Double)] = []

  /// Creates a sum of nothing.
  public init() {}

  /// Adds a loss.
  ///
  /// - Parameters:
  ///   - name: What a log calls it; every part has its own.
  ///   - loss: A scalar, `[]`.
  ///   - weight: What it is multiplied by.
  public mutating func add(_ name: String, _ loss: Tensor, weight: Double = 1) {
    precondition(loss.count == 1, "a part is a scalar, '\(name)' has shape \(loss.shape)")
    precondition(!parts.contains { $0.name == name }, "the part '\(name)' is added twice")
    parts.append((name, loss, weight))
  }

  /// The sum, `[]`.
  public var loss: Tensor {
    precondition(!parts.isEmpty, "a sum of no losses")
    let weighed = parts.map { $0.loss.reshaped(to: []) * $0.weight }
    return weighed.dropFirst().reduce(weighed[0], +)
  }
}
