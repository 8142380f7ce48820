public import Tensors

/// Sets elements to zero at random in training, and scales the others so that the mean stays.
///
/// Source: Srivastava et al. "Dropout." JMLR 15, 2014. <https://jmlr.org/papers/v15/srivastava14a.html>
public struct Dropout {
  /// The probability that an element is dropped.
  public let probability: Double

  /// Creates the layer.
  public init(_ probability: Double) {
    precondition((0..<1).contains(probability), "a dropout probability lies in 0 ..< 1, not at \(probability)")
    self.probability = probability
  }

  /// Applies the layer.
  public func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    guard let source = mode.source, probability > 0 else { return x }
    let kept = withoutGradient { x.detached().coinFlips(1 - probability, from: source) / (1 - probability) }
    return x * kept
  }
}
