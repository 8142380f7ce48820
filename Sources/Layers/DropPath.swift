public import Tensors

/// Leaves out a residual branch for whole examples at random in training, and scales the others' so that the mean stays.
///
/// Source: Huang et al. "Deep Networks with Stochastic Depth." ECCV 2016. <https://arxiv.org/abs/1603.09382>
public struct DropPath {
  /// The probability that an example's branch is left out.
  public let probability: Double

  /// Creates the layer.
  public init(_ probability: Double) {
    precondition((0..<1).contains(probability), "a branch is dropped with a probability in 0 ..< 1, not \(probability)")
    self.probability = probability
  }

  /// The probabilities of a network's blocks: from 0 at the first to `last` at the last, in equal steps.
  public static func rising(to last: Double, over count: Int) -> [DropPath] {
    (0..<count).map { DropPath(count == 1 ? last : last * Double($0) / Double(count - 1)) }
  }

  /// Applies the layer to a branch `[N, …]`.
  public func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    guard let source = mode.source, probability > 0 else { return x }
    let shape = [x.shape[0]] + x.shape.dropFirst().map { _ in 1 }
    let kept = withoutGradient {
      Tensor.zeros(shape, on: x.device).coinFlips(1 - probability, from: source).to(x.type) / (1 - probability)
    }
    return x * kept
  }
}
