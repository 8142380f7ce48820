public import Tensors

/// The contrastive loss on pairs: those that belong together are drawn to one point, the others pushed apart until
/// their distance exceeds a margin.
///
/// With the distance *d* of a pair, *y* = 1 where it belongs together and 0 otherwise, and a margin *m*:
///
///     loss = mean of ½·y·d² + ½·(1 − y)·max(0, m − d)²
///
/// Both terms are squares, so that pull and push are springs: the force grows with the distance from where the pair
/// should be. `UnsquaredContrastiveLoss` has constant forces.
///
/// Memory: O(*N*·*D*).
///
/// Source: Hadsell, Chopra, LeCun. "Dimensionality Reduction by Learning an Invariant Mapping." CVPR 2006, equation 4
/// (whose *Y* is 1 − *y*, and which adds pairs up instead of averaging). The idea of a margin between pairs of two
/// kinds: Chopra, Hadsell, LeCun. "Learning a Similarity Metric Discriminatively." CVPR 2005.
public struct ContrastiveLoss: Hashable, Sendable {
  /// The distance *m* beyond which a pair that does not belong together costs nothing.
  public let margin: Double

  /// How *d* is measured.
  public let distance: PairDistance

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - margin: A positive number. The default is pytorch-metric-learning's; the paper leaves it open.
  ///   - distance: Of the rows as they are, as in the paper, unless another is chosen.
  public init(margin: Double = 1, distance: PairDistance = .euclidean) {
    precondition(margin > 0, "margin must be positive, not \(margin)")
    self.margin = margin
    self.distance = distance
  }

  /// The loss with the defaults of sentence-transformers: *d* = 1 − cos, *m* = ½.
  public static let sentenceTransformers = ContrastiveLoss(margin: 0.5, distance: .cosine)

  /// Returns the loss of pairs, averaged.
  ///
  /// - Parameters:
  ///   - first: Embeddings `[N, D]`.
  ///   - second: Embeddings `[N, D]`; row *i* makes a pair with row *i* of `first`.
  ///   - labels: *y*, `[N]`, of any type: 1 for a pair that belongs together, 0 for another. Numbers between weigh both
  ///     terms.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`; 0 for no pairs.
  public func callAsFunction(_ first: Tensor, _ second: Tensor, labels: Tensor) -> Tensor {
    let d = distance(first, second)
    let y = labels.pairLabels(like: d)
    return LossAveraging.all((y * d.squared() + (1 - y) * (margin - d).relu().squared()) * 0.5)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "contrastive", summary: "Pairs that belong together come near, others keep a distance",
    needs: [.labeledPairs, .classes],
    formula: "mean of ½·y·d² + ½·(1 − y)·max(0, m − d)², d = |x − y|",
    variants: [
      .paper: "mean of ½·y·d² + ½·(1 − y)·max(0, m − d)², d = |x − y|",
      .pml: UnsquaredContrastiveLoss.description.formula,
      .sentenceTransformers: "mean of ½·y·d² + ½·(1 − y)·max(0, m − d)², d = 1 − cos(x, y)",
    ],
    source: """
      Hadsell, Chopra, LeCun. "Dimensionality Reduction by Learning an Invariant Mapping." CVPR 2006.
      """,
    parameters: [
      .init(
        "margin", standard: ContrastiveLoss().margin, "the distance m that pairs which do not belong together keep",
        origin: "pytorch-metric-learning; the paper leaves it open")
    ])
}

extension Tensor {
  /// Labels of pairs, one for every element of their distances, in the distances' type.
  func pairLabels(like distances: Tensor) -> Tensor {
    precondition(
      shape == distances.shape, "as many labels as pairs expected: labels \(shape), pairs \(distances.shape)")
    return to(distances.type).to(distances.device)
  }
}
