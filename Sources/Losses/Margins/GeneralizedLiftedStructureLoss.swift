public import Tensors

/// The generalized lifted structured loss: all positives of an anchor against all its negatives.
///
/// With distances *d*, a margin *m* for negatives and *mₚ* for positives:
///
///     loss = mean over anchors of max(0, log Σₚ exp(d(a, p) − mₚ) + log Σₙ exp(m − d(a, n)))
///
/// Anchors without a positive or without a negative follow the policy; where `countsEmptySides` is true they count, with 0
/// for the missing logarithm.
///
/// Memory: O(*N*·*D*) and one tile.
///
/// Source: Hermans, Beyer, Leibe. "In Defense of the Triplet Loss for Person Re-Identification." 2017, section 2.
/// <https://arxiv.org/abs/1703.07737>
public struct GeneralizedLiftedStructureLoss: ClassLoss, Hashable {
  /// The margin *m* for negatives.
  public let negativeMargin: Double
  /// The margin *mₚ* for positives.
  public let positiveMargin: Double
  /// How distances are measured.
  public let distance: PairDistance
  /// Whether the logarithm of a sum over nothing is taken as 0.
  public let countsEmptySides: Bool
  /// What becomes of anchors without a positive or without a negative otherwise.
  public let policy: AnchorPolicy

  /// Creates a loss; the margins are pytorch-metric-learning's, the distance is the paper's.
  public init(
    negativeMargin: Double = 1, positiveMargin: Double = 0, distance: PairDistance = .euclidean,
    countsEmptySides: Bool = false, policy: AnchorPolicy = .ignore
  ) {
    self.negativeMargin = negativeMargin
    self.positiveMargin = positiveMargin
    self.distance = distance
    self.countsEmptySides = countsEmptySides
    self.policy = policy
  }

  /// The loss as pytorch-metric-learning computes it: distances of unit rows, and all anchors count.
  public static let pml = GeneralizedLiftedStructureLoss(distance: .normalizedEuclidean, countsEmptySides: true)

  /// Returns the mean over anchors.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let comparison = rows.comparison(by: distance)
    let (near, far) = comparison.reduced(
      .logSumExp(.linear(1, plus: .number(-positiveMargin)), over: .positives),
      .logSumExp(.linear(-1, plus: .number(negativeMargin)), over: .negatives))
    let (hasPositive, hasNegative) = (near.detached().isFinite(), far.detached().isFinite())
    if countsEmptySides {
      let losses = near.filled(where: !hasPositive, with: 0) + far.filled(where: !hasNegative, with: 0)
      return comparison.mean(losses.relu())
    }
    return comparison.mean((near + far).relu(), where: hasPositive.and(hasNegative), policy)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "generalized-lifted-structure", summary: "Each row's far positives against its near negatives",
    needs: [.classes],
    formula: "mean over anchors of max(0, log Σₚ exp(d(a, p) − mₚ) + log Σₙ exp(m − d(a, n))), d = |x − y|",
    variants: [
      .pml: """
      mean over anchors of max(0, log Σₚ exp(d(a, p) − mₚ) + log Σₙ exp(m − d(a, n))), d = |x/|x| − y/|y||, \
      the logarithm of an empty sum 0
      """
    ],
    source: """
      Hermans, Beyer, Leibe. "In Defense of the Triplet Loss for Person Re-Identification." 2017. \
      https://arxiv.org/abs/1703.07737
      """,
    parameters: [
      .init(
        "negative-margin", standard: GeneralizedLiftedStructureLoss().negativeMargin, "the margin m for negatives",
        origin: "pytorch-metric-learning"),
      .init(
        "positive-margin", standard: GeneralizedLiftedStructureLoss().positiveMargin, "the margin mₚ for positives",
        origin: "pytorch-metric-learning"),
    ])
}
