public import Tensors

/// The contrastive loss on the hard pairs of a batch only: positive pairs farther apart than the nearest negative pair,
/// and negative pairs nearer than the farthest positive one.
///
/// With distances *d⁺* of the positive and *d⁻* of the negative pairs and a margin *m*:
///
///     loss = Σ d⁺² over d⁺ > min d⁻  +  Σ max(0, m − d⁻)² over d⁻ < max d⁺
///
/// It is a sum, so it grows with the number of hard pairs. Where one kind is missing, the other is held against its own
/// mean. Which pairs are hard has no gradient.
///
/// Memory: O(*N*·*D*).
///
/// Source: `OnlineContrastiveLoss` of sentence-transformers 6.2.
public struct OnlineContrastiveLoss: Hashable, Sendable {
  /// The distance *m* beyond which a negative pair costs nothing.
  public let margin: Double

  /// How *d* is measured.
  public let distance: PairDistance

  /// Creates a loss; both defaults are sentence-transformers'.
  public init(margin: Double = 0.5, distance: PairDistance = .cosine) {
    precondition(margin > 0, "margin must be positive, not \(margin)")
    self.margin = margin
    self.distance = distance
  }

  /// Returns the summed loss of the hard pairs.
  ///
  /// - Parameters:
  ///   - first: Embeddings `[N, D]`.
  ///   - second: Embeddings `[N, D]`; row *i* makes a pair with row *i* of `first`.
  ///   - labels: `[N]`, of any type: 1 for a positive, 0 for a negative pair; pairs with other labels are left out.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`; 0 when no pair is hard.
  public func callAsFunction(_ first: Tensor, _ second: Tensor, labels: Tensor) -> Tensor {
    let d = distance(first, second)
    guard d.count > 0 else { return d.sum() }
    let y = labels.pairLabels(like: d)
    let (isPositive, isNegative) = (y .== 1, y .== 0)
    let (farthest, nearest) = withoutGradient {
      (
        isPositive.any() ? d.filled(where: !isPositive, with: -.infinity).max() : d.mean(),
        isNegative.any() ? d.filled(where: !isNegative, with: .infinity).min() : d.mean()
      )
    }
    let zero = Tensor(0, type: d.type, on: d.device)
    let positives = isPositive.and(d .> nearest).select(d.squared(), else: zero)
    let negatives = isNegative.and(d .< farthest).select((margin - d).relu().squared(), else: zero)
    // A distance that is no number is neither above nor below any other, and would be left out.
    return positives.sum() + negatives.sum() + d.detached().sum() * 0
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "online-contrastive", summary: "The contrastive loss of a batch's hard pairs only",
    needs: [.labeledPairs],
    formula: "Σ d⁺² over d⁺ > min d⁻ + Σ max(0, m − d⁻)² over d⁻ < max d⁺, d = 1 − cos",
    variants: [
      .sentenceTransformers: "Σ d⁺² over d⁺ > min d⁻ + Σ max(0, m − d⁻)² over d⁻ < max d⁺, d = 1 − cos"
    ],
    source: "\"OnlineContrastiveLoss\" of sentence-transformers 6.2.",
    parameters: [
      .init(
        "margin", standard: OnlineContrastiveLoss().margin,
        "the distance m from which on a negative pair costs nothing",
        origin: "sentence-transformers")
    ])
}
