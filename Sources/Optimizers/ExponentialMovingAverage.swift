public import Tensors

/// Copies of weights that follow them slowly: average ← decay·average + (1 − decay)·weight.
///
/// Momentum encoders are this, and averaged weights often measure better than the last ones. Tensors of integers, such
/// as counters, are copied.
public final class ExponentialMovingAverage {
  /// The averages, one a weight, changed in place by every update.
  public let averages: [Tensor]

  /// Creates averages that begin at the weights' values.
  public init(of weights: [Tensor]) {
    averages = withoutGradient { weights.map { $0.copy() } }
  }

  /// Makes averages of tensors that are there, with the values that they have: those of a model's slow copy.
  public init(keptIn tensors: [Tensor]) {
    averages = tensors
  }

  /// Moves the averages towards the weights.
  ///
  /// - Parameters:
  ///   - weights: Those that it was made of, or as many of the same shapes.
  ///   - decay: What is kept of the averages; 0.999 to 0.9999 over a run, lower for short ones.
  public func update(towards weights: [Tensor], decay: Double) {
    precondition(weights.count == averages.count, "expected \(averages.count) weights, got \(weights.count)")
    precondition((0...1).contains(decay), "a decay lies in 0 ... 1, got \(decay)")
    let floating = averages.indices.filter { averages[$0].type.isFloatingPoint }
    TensorLists.move(floating.map { averages[$0] }, towards: floating.map { weights[$0] }, by: 1 - decay)
    for i in averages.indices where !averages[i].type.isFloatingPoint { averages[i].assign(weights[i]) }
  }
}
