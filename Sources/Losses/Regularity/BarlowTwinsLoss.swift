public import Tensors

/// The correlations between the columns of two views are to be the identity: like columns alike, others independent.
///
///     loss = Σⱼ (1 − Cⱼⱼ)² + λ·Σ_{j≠k} Cⱼₖ²      C = x̂ᵀ·ŷ / N
///
/// with the columns of x̂ and ŷ moved to mean 0 and scaled to variance 1 over the batch (divided by *N*; 10⁻⁵ is added to
/// the variance, as batch normalisation does in the authors' code and in lightly).
///
/// Memory: O(*N*·*D* + *D*²). A batch of one traps.
///
/// Source: Zbontar, Jing, Misra, LeCun, Deny. "Barlow Twins: Self-Supervised Learning via Redundancy Reduction."
/// ICML 2021, equation 1. <https://arxiv.org/abs/2103.03230>
public struct BarlowTwinsLoss: Hashable, Sendable {
  /// The weight λ of what different columns share.
  public let redundancyWeight: Double

  /// Creates the loss.
  ///
  /// - Parameter redundancyWeight: λ; 5·10⁻³ is the authors'.
  public init(redundancyWeight: Double = 5e-3) {
    precondition(redundancyWeight >= 0, "the weight must not be negative, got \(redundancyWeight)")
    self.redundancyWeight = redundancyWeight
  }

  /// Returns the loss of two views of every example.
  ///
  /// - Parameters:
  ///   - first: Embeddings of one view, `[N, D]`, N ≥ 2.
  ///   - second: Embeddings of the other, `[N, D]`, in the same order.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor {
    checkViews(first, second)
    func standardized(_ view: Tensor) -> Tensor {
      let x = view.inLossPrecision()
      return (x - x.mean(0)) * (x.variance(0) + 1e-5).reciprocalSquareRoot()
    }
    let count = Double(first.shape[0])
    let correlations = standardized(first).transposed().matrixProduct(standardized(second)) / count  // [D, D]
    return (1 - correlations.diagonal()).squared().sum() + offDiagonalSquares(correlations) * redundancyWeight
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "barlow-twins", summary: "Each column of one view correlates with its own of the other alone",
    needs: [.pairs, .towers],
    formula: formula,
    variants: [.paper: formula, .lightly: formula],
    source: "Zbontar et al. Barlow Twins. ICML 2021, <https://arxiv.org/abs/2103.03230>",
    parameters: [
      .init(
        "redundancy-weight", standard: BarlowTwinsLoss().redundancyWeight,
        "the weight λ of what different columns share",
        origin: "the authors'")
    ])

  private static let formula =
    "Σⱼ (1 − Cⱼⱼ)² + λ·Σ_{j≠k} Cⱼₖ²   C = correlations of the columns of both views"
}
