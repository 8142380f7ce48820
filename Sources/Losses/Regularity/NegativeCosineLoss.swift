public import Tensors

/// Minus the cosine similarity of the sides of a pair.
///
///     loss = −1/N · Σᵢ xᵢ·yᵢ      x, y of unit length
///
/// There is nothing in it against collapse: SimSiam, which trains with it, predicts one view from the other and stops the
/// gradient on the side that is predicted (pass that side `detached()`).
///
/// Source: Chen, He. "Exploring Simple Siamese Representation Learning." CVPR 2021, equation 1.
/// <https://arxiv.org/abs/2011.10566>
public struct NegativeCosineLoss: Hashable, Sendable {
  /// Creates the loss.
  public init() {}

  /// Returns the loss of pairs.
  ///
  /// - Parameters:
  ///   - first: One side of every pair, `[N, D]`, of any norm.
  ///   - second: The other side, `[N, D]`, in the same order.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor {
    precondition(first.shape == second.shape, "pairs take two of one shape, got \(first.shape), \(second.shape)")
    return -(first.normalized() * second.normalized()).sum(-1).mean()
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "negative-cosine", summary: "Partners point the same way; for methods that stop one side's gradient",
    needs: [.pairs, .towers], formula: formula,
    variants: [.paper: formula, .lightly: formula],
    source: "Chen, He. Exploring Simple Siamese Representation Learning. CVPR 2021, <https://arxiv.org/abs/2011.10566>")

  private static let formula = "−mean xᵢ·yᵢ   x, y of unit length"
}
