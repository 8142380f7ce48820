public import Tensors

/// The contrastive loss with plain hinges: what pytorch-metric-learning calls `ContrastiveLoss`.
///
/// With the distance *d* of a pair, a margin *m* of the negative and *mₚ* of the positive pairs:
///
///     loss = mean of max(0, d − mₚ) over positive pairs + mean of max(0, m − d) over negative pairs
///
/// where either mean is over the pairs that cost something. The forces are of one size, whatever the distance, and rare
/// positive pairs weigh as much as many negative ones.
///
/// Memory: O(*N*·*D*), also over all pairs of a batch, which are walked in tiles.
///
/// Source: `ContrastiveLoss` of pytorch-metric-learning 2.9.0, after Hadsell, Chopra, LeCun, CVPR 2006, whose hinges are
/// squared (`ContrastiveLoss`).
public struct UnsquaredContrastiveLoss: Hashable, Sendable {
  /// The distance up to which a positive pair costs nothing.
  public let positiveMargin: Double

  /// The distance from which on a negative pair costs nothing.
  public let negativeMargin: Double

  /// How *d* is measured.
  public let distance: PairDistance

  /// Which losses are averaged over.
  public let averaging: LossAveraging

  /// Creates a loss; all defaults are pytorch-metric-learning's.
  public init(
    positiveMargin: Double = 0, negativeMargin: Double = 1, distance: PairDistance = .normalizedEuclidean,
    averaging: LossAveraging = .nonZero
  ) {
    precondition(
      positiveMargin >= 0 && negativeMargin > 0,
      "margins must not be negative, got \(positiveMargin) for positives, \(negativeMargin) for negatives")
    self.positiveMargin = positiveMargin
    self.negativeMargin = negativeMargin
    self.distance = distance
    self.averaging = averaging
  }

  /// Returns the loss of pairs.
  ///
  /// - Parameters:
  ///   - first: Embeddings `[N, D]`.
  ///   - second: Embeddings `[N, D]`; row *i* makes a pair with row *i* of `first`.
  ///   - labels: `[N]`, of any type: 1 for a positive, 0 for a negative pair.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`; 0 for no pairs.
  public func callAsFunction(_ first: Tensor, _ second: Tensor, labels: Tensor) -> Tensor {
    let d = distance(first, second)
    let y = labels.pairLabels(like: d)
    let positives = (d - positiveMargin).relu() * y
    let negatives = (negativeMargin - d).relu() * (1 - y)
    return averaging(sum: positives.sum(), count: y.sum().item(), nonZero: (positives .> 0).sum())
      + averaging(sum: negatives.sum(), count: (1 - y).sum().item(), nonZero: (negatives .> 0).sum())
  }

  /// What the loss says of itself; it is the variant `pml` of the contrastive loss.
  public static let description = LossDescription(
    name: "contrastive-unsquared", summary: "The contrastive loss with distances that are not squared",
    needs: [.labeledPairs, .classes],
    formula: """
      mean of max(0, d − mₚ) over positive pairs + mean of max(0, m − d) over negative pairs, \
      each over those above 0; d = |x/|x| − y/|y||
      """,
    source: """
      "ContrastiveLoss" of pytorch-metric-learning 2.9.0, after Hadsell, Chopra, LeCun, CVPR 2006.
      """,
    parameters: [
      .init(
        "positive-margin", standard: UnsquaredContrastiveLoss().positiveMargin,
        "the distance mₚ up to which a positive pair costs nothing", origin: "pytorch-metric-learning"),
      .init(
        "negative-margin", standard: UnsquaredContrastiveLoss().negativeMargin,
        "the distance m from which on a negative pair costs nothing", origin: "pytorch-metric-learning"),
    ])
}
