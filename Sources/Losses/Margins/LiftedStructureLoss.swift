public import Tensors

/// The lifted structured loss: a positive pair against all negatives of both its ends.
///
/// With distances *d*, a margin *m* for negatives and *mₚ* for positives:
///
///     Lᵢ      = log Σₙ exp(m − d(i, n))                      over the negatives of i
///     ℓ(a, p) = d(a, p) − mₚ + log(exp Lₐ + exp Lₚ)
///     loss    = ½ · mean over positive pairs of max(0, ℓ)²
///
/// A pair whose ends have no negatives costs 0.
///
/// Two walks, one for *L* and one for the pairs. Memory: O(*N*·*D*) and one tile.
///
/// Source: Song, Xiang, Jegelka, Savarese. "Deep Metric Learning via Lifted Structured Feature Embedding." CVPR 2016,
/// equation 4. <https://arxiv.org/abs/1511.06452>
public struct LiftedStructureLoss: ClassLoss, Hashable {
  /// The margin *m* for negatives.
  public let negativeMargin: Double
  /// The margin *mₚ* for positives.
  public let positiveMargin: Double
  /// How distances are measured.
  public let distance: PairDistance

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - negativeMargin: The default is the paper's, and pytorch-metric-learning's.
  ///   - positiveMargin: The paper has none.
  ///   - distance: Of the rows as they are, as in the paper.
  public init(negativeMargin: Double = 1, positiveMargin: Double = 0, distance: PairDistance = .euclidean) {
    self.negativeMargin = negativeMargin
    self.positiveMargin = positiveMargin
    self.distance = distance
  }

  /// The loss with the defaults of pytorch-metric-learning: distances of unit rows.
  public static let pml = LiftedStructureLoss(distance: .normalizedEuclidean)

  /// Returns the mean over all positive pairs; 0 when there is none.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let comparison = rows.comparison(by: distance)
    // The positive margin is taken off here, once for all pairs.
    let function = ElementFunction.linear(-1, plus: .number(negativeMargin - positiveMargin))
    let anchors = comparison.reduced(.logSumExp(function, over: .negatives))
    let candidates =
      rows.isBatch ? anchors : comparison.reduced(.logSumExp(function, over: .negatives, per: .candidates))
    let (sums, counts) = comparison.reduced(
      .sum(.squaredHinge(1, plus: .logAddExp(anchors: anchors, candidates: candidates)), over: .positives),
      .count(over: .positives))
    return (sums.sum() / (counts.sum().clamped(min: 1) * 2)).to(comparison.type)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "lifted-structure", summary: "Each positive pair against the near negatives of both its rows",
    needs: [.classes],
    formula: """
      ½·mean over positive pairs of max(0, d(a, p) − mₚ + log(Σₙ exp(m − d(a, n)) + Σₙ exp(m − d(p, n))))², d = |x − y|
      """,
    variants: [
      .pml: """
      ½·mean over positive pairs of max(0, d(a, p) − mₚ + log(Σₙ exp(m − d(a, n)) + Σₙ exp(m − d(p, n))))², \
      d = |x/|x| − y/|y||
      """
    ],
    source: """
      Song, Xiang, Jegelka, Savarese. "Deep Metric Learning via Lifted Structured Feature Embedding." CVPR 2016. \
      https://arxiv.org/abs/1511.06452
      """,
    parameters: [
      .init(
        "negative-margin", standard: LiftedStructureLoss().negativeMargin, "the margin m for negatives",
        origin: "the paper"),
      .init(
        "positive-margin", standard: LiftedStructureLoss().positiveMargin, "the margin mₚ for positives",
        origin: "the paper has none"),
    ])
}
