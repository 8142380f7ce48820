import Basics
public import Tensors

/// How evenly rows cover the unit sphere: the logarithm of their mean pairwise Gaussian potential.
///
///     loss = log( 1/(N·(N − 1)) · Σ_{i≠j} exp(−t·‖xᵢ − xⱼ‖²) )      x of unit length
///
/// 0 where all rows are the same, at least −4·t. One of the two properties that a contrastive loss brings about in the
/// limit of many negatives; `AlignmentLoss` is the other. A batch of one has no pair, and a loss of 0.
///
/// Memory: O(*N*·*D*) beyond one tile of `Comparison`.
///
/// Source: Wang, Isola. "Understanding Contrastive Representation Learning through Alignment and Uniformity on the
/// Hypersphere." ICML 2020, section 4.1 and figure 5. <https://arxiv.org/abs/2005.10242>
public struct UniformityLoss: Hashable, Sendable {
  /// How fast the potential falls, t.
  public let sharpness: Double

  /// Creates the loss.
  ///
  /// - Parameter sharpness: A positive number; 2 is the authors'.
  public init(sharpness: Double = 2) {
    precondition(sharpness > 0, "the sharpness must be positive, not \(sharpness)")
    self.sharpness = sharpness
  }

  /// Returns the loss of rows.
  ///
  /// - Parameter rows: `[N, D]`, of any norm.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ rows: Tensor) -> Tensor {
    precondition(rows.rank == 2, "rows [N, D] expected, got \(rows.shape)")
    let x = rows.normalized()
    let n = Double(rows.shape[0])
    guard n > 1 else { return (x * 0).sum() }
    let comparison = Comparison(
      anchors: x, candidates: x, relation: .negatives.excludingSelf(), similarity: .squaredDistance, scale: -sharpness)
    let potentials = comparison.reduced(.logSumExp(over: .compared))
    return (potentials.logSumExp() - Double.log(n * (n - 1))).to(x.type)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "uniformity", summary: "Rows spread evenly over the sphere",
    needs: [.pairs, .classes],
    formula: "log mean_{i≠j} exp(−t·‖xᵢ − xⱼ‖²)   x of unit length",
    source: "Wang, Isola. Alignment and Uniformity on the Hypersphere. ICML 2020, <https://arxiv.org/abs/2005.10242>",
    parameters: [
      .init(
        "sharpness", standard: UniformityLoss().sharpness, "how fast the potential falls, t", origin: "the authors'")
    ])
}
