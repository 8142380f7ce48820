public import Tensors

/// The quadruplet loss: a triplet loss, and a weaker push between pairs that share no row.
///
/// With squared distances *d²*, an anchor, its positive and two negatives of classes different from the anchor's and from
/// each other's:
///
///     loss = mean of max(0, d²(a, p) − d²(a, n₁) + m₁) + max(0, d²(a, p) − d²(n₂, n₁) + m₂)
///
/// The second term makes all classes tighter than the space between any two, not only those of one anchor.
///
/// Memory: O(*N*·*D*).
///
/// Source: Chen, Chen, Zhang, Huang. "Beyond Triplet Loss: A Deep Quadruplet Network for Person Re-identification."
/// CVPR 2017. <https://arxiv.org/abs/1704.01719>
public struct QuadrupletLoss: Hashable, Sendable {
  /// The margin *m₁* of the first term.
  public let margin: Double
  /// The margin *m₂* of the second term, smaller than that of the first.
  public let weakMargin: Double
  /// How distances are measured; a squared one is meant.
  public let distance: PairDistance
  /// Which quadruplets are averaged over, for each term.
  public let averaging: LossAveraging

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - margin: *m₁*; on squared distances of unit rows, as the default is, between 0 and 4.
  ///   - weakMargin: *m₂*; half the other by default: the paper asks for a smaller one.
  ///   - distance: How distances are measured.
  ///   - averaging: Which quadruplets are averaged over, for each term.
  public init(
    margin: Double = 1, weakMargin: Double? = nil, distance: PairDistance = .normalizedSquaredEuclidean,
    averaging: LossAveraging = .all
  ) {
    let weak = weakMargin ?? margin / 2
    precondition(margin >= 0 && weak >= 0, "margins must not be negative, got \(margin) and \(weak)")
    self.margin = margin
    self.weakMargin = weak
    self.distance = distance
    self.averaging = averaging
  }

  /// Returns the loss of quadruplets.
  ///
  /// - Parameters:
  ///   - anchors: Embeddings `[N, D]`.
  ///   - positives: The anchors' positives `[N, D]`, in the same order.
  ///   - negatives: *n₁*, rows of other classes `[N, D]`.
  ///   - others: *n₂*, rows of yet other classes `[N, D]`.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`; 0 for no quadruplets.
  public func callAsFunction(_ anchors: Tensor, _ positives: Tensor, _ negatives: Tensor, _ others: Tensor) -> Tensor {
    let toPositive = distance(anchors, positives)
    let strong = (toPositive - distance(anchors, negatives) + margin).relu()
    let weak = (toPositive - distance(others, negatives) + weakMargin).relu()
    return averaging(strong) + averaging(weak)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "quadruplet", summary: "The triplet loss, and a weaker one for negatives that are not the anchor's",
    needs: [.triplets],
    formula: "mean of max(0, d²(a, p) − d²(a, n₁) + m₁) + max(0, d²(a, p) − d²(n₂, n₁) + m₂), d = |x/|x| − y/|y||",
    source: """
      Chen, Chen, Zhang, Huang. "Beyond Triplet Loss: A Deep Quadruplet Network for Person Re-identification." CVPR 2017. \
      https://arxiv.org/abs/1704.01719
      """,
    parameters: [
      .init(
        "margin", standard: QuadrupletLoss().margin, "the margin m₁ of the anchor's negatives", origin: "the paper"),
      .init(
        "weak-margin", standard: nil, "the margin m₂ of other pairs; half of m₁ unless given",
        origin: "the paper asks for a smaller one"),
    ])
}
