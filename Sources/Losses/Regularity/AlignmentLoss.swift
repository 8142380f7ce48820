public import Tensors

/// How far the two sides of a pair lie from each other on the unit sphere.
///
///     loss = 1/N · Σᵢ ‖xᵢ − yᵢ‖^α      x, y of unit length
///
/// One of the two properties that a contrastive loss brings about in the limit of many negatives; `UniformityLoss` is the
/// other. Alone it is smallest where everything collapses to a point.
///
/// Source: Wang, Isola. "Understanding Contrastive Representation Learning through Alignment and Uniformity on the
/// Hypersphere." ICML 2020, section 4.1 and figure 5. <https://arxiv.org/abs/2005.10242>
public struct AlignmentLoss: Hashable, Sendable {
  /// The power α of the distances.
  public let power: Double

  /// Creates the loss.
  ///
  /// - Parameter power: At least 1, so that the gradient is finite where the sides meet; 2 is the authors'.
  public init(power: Double = 2) {
    precondition(power >= 1, "the power must be at least 1, not \(power)")
    self.power = power
  }

  /// Returns the loss of pairs.
  ///
  /// - Parameters:
  ///   - first: One side of every pair, `[N, D]`, of any norm.
  ///   - second: The other side, `[N, D]`, in the same order.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor {
    precondition(first.shape == second.shape, "pairs take two of one shape, got \(first.shape), \(second.shape)")
    let difference = first.normalized() - second.normalized()
    if power == 2 { return difference.squared().sum(-1).mean() }
    return difference.norm(-1).power(power).mean()
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "alignment", summary: "Partners are near each other; usually goes with uniformity",
    needs: [.pairs, .towers], formula: "mean ‖xᵢ − yᵢ‖^α   x, y of unit length",
    source: "Wang, Isola. Alignment and Uniformity on the Hypersphere. ICML 2020, <https://arxiv.org/abs/2005.10242>",
    parameters: [
      .init("power", standard: AlignmentLoss().power, "the power α of the distances", origin: "the authors'")
    ])
}
