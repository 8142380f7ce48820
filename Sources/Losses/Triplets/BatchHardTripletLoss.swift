public import Tensors

/// The triplet loss of every anchor with its farthest positive and its nearest negative in the batch.
///
/// With a hinge *h*, max(0, ·) or log(1 + exp ·), and a margin *m*:
///
///     loss = mean over anchors a of h( max d(a, p) − min d(a, n) + m )
///                                      p                n
///
/// Anchors without a positive or without a negative follow the policy. Equally hard candidates share the gradient.
///
/// Memory: O(*N*·*D*) and one tile.
///
/// Source: Hermans, Beyer, Leibe. "In Defense of the Triplet Loss for Person Re-Identification." 2017, section 2.
/// <https://arxiv.org/abs/1703.07737>
public struct BatchHardTripletLoss: ClassLoss, Hashable {
  /// The loss of one triplet, and what is averaged over.
  public let triplet: TripletLoss

  /// What becomes of anchors without a positive or without a negative, where all losses are averaged over.
  public let policy: AnchorPolicy

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - triplet: The loss of one triplet. By default distances of the rows as they are, as in the paper, with a margin
  ///     of 0.2, the smallest hard margin that it tries.
  ///   - policy: What becomes of anchors without a positive or without a negative.
  public init(
    _ triplet: TripletLoss = TripletLoss(margin: 0.2, distance: .euclidean), policy: AnchorPolicy = .ignore
  ) {
    precondition(!triplet.swap, "a swap needs all triplets: BatchAllTripletLoss")
    self.triplet = triplet
    self.policy = policy
  }

  /// The loss with a soft margin, which the paper recommends: log(1 + exp(max *d(a, p)* − min *d(a, n)*)).
  public static let softMargin = BatchHardTripletLoss(TripletLoss(margin: 0, distance: .euclidean, hinge: .soft))

  /// The loss with the defaults of sentence-transformers: *m* = 5. There, anchors without a positive count too, with
  /// *d(a, p)* = 0.
  public static let sentenceTransformers = BatchHardTripletLoss(.sentenceTransformers)

  /// Returns the loss of the hardest triplets.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let comparison = rows.comparison(by: triplet.distance)
    let (farthest, nearest) = comparison.reduced(.max(over: .positives), .min(over: .negatives))
    let difference = farthest - nearest
    let (losses, valid) = (triplet.losses(difference), difference.detached().isFinite())
    if triplet.averaging == .all { return comparison.mean(losses, where: valid, policy) }
    return triplet.averaging(losses, where: valid).to(comparison.type)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "batch-hard-triplet", summary: "The triplet loss of each row's farthest positive and nearest negative",
    needs: [.classes],
    formula: "mean over anchors of max(0, max d(a, p) − min d(a, n) + m), d = |x − y|",
    variants: [
      .paper: "mean over anchors of max(0, max d(a, p) − min d(a, n) + m), d = |x − y|",
      .sentenceTransformers: "mean over anchors of max(0, max d(a, p) − min d(a, n) + m), d = |x − y|",
    ],
    source: """
      Hermans, Beyer, Leibe. "In Defense of the Triplet Loss for Person Re-Identification." 2017. \
      https://arxiv.org/abs/1703.07737
      """,
    parameters: [
      .init(
        "margin", standard: BatchHardTripletLoss().triplet.margin,
        "by how much the farthest positive is to be nearer than the nearest negative", origin: "the paper's smallest")
    ])
}
