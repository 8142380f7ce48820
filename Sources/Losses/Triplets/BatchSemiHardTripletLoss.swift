public import Tensors

/// The triplet loss of every positive pair with a semi-hard negative: the nearest one that is farther from the anchor
/// than the positive, or, where there is none, the farthest of all.
///
///     loss = mean over (a, p) of max(0, d(a, p) − d(a, n*) + m),   n* = argmin d(a, n) over d(a, n) > d(a, p)
///
/// Such negatives teach without the collapse that the hardest ones can cause early in training. Anchors without a
/// negative do not count.
///
/// Every anchor's negatives are sorted and its positives' distances looked up: O(*N*² log *N*). Memory: O(*N*·*D*) and
/// one tile.
///
/// Source: Schroff, Kalenichenko, Philbin. "FaceNet." CVPR 2015, section 3.2, on squared distances of unit
/// rows. <https://arxiv.org/abs/1503.03832> The farthest negative where there is none semi-hard: TensorFlow Addons, and
/// `BatchSemiHardTripletLoss` of sentence-transformers 6.2.
public struct BatchSemiHardTripletLoss: ClassLoss, Hashable {
  /// By how much, *m*, the positive is to be nearer than the negative.
  public let margin: Double

  /// How distances are measured.
  public let distance: PairDistance

  /// Creates a loss; both defaults are FaceNet's.
  public init(margin: Double = 0.2, distance: PairDistance = .normalizedSquaredEuclidean) {
    precondition(margin >= 0, "margin must not be negative, not \(margin)")
    self.margin = margin
    self.distance = distance
  }

  /// The loss with the defaults of sentence-transformers: *m* = 5 on the distances of the rows as they are.
  public static let sentenceTransformers = BatchSemiHardTripletLoss(margin: 5, distance: .euclidean)

  /// Returns the loss over all positive pairs of anchors that have a negative; 0 when there is none.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let results = rows.perAnchor(by: distance, width: 4) { slab, _ in
      let d = slab.logits
      let negatives = d.filled(where: !slab.negatives, with: .infinity).sorted().values
      let last = slab.negatives.sum(1, keeping: true) - 1  // [R, 1], −1 without a negative
      // As many negatives lie no farther than the positive as the index of the next one says; past the last, the last.
      let next = Tensor.minimum(negatives.counts(below: d, orEqual: true), last).clamped(min: 0)
      let counting = slab.positives.and(last .> -1)
      let losses = (d - negatives.gathered(at: next.to(.int64), along: 1) + margin).relu()
      return [losses.filled(where: !counting, with: 0).sum(1), counting.sum(1).to(.float64)]
    }
    return results[0].sum() / max(results[1].sum().item(), 1)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "batch-semi-hard-triplet", summary: "The triplet loss of each positive and the nearest negative beyond it",
    needs: [.classes],
    formula: """
      mean over positive pairs of max(0, d(a, p) − d(a, n*) + m), n* the nearest negative beyond p, else the farthest; \
      d = |x/|x| − y/|y||²
      """,
    variants: [
      .sentenceTransformers: """
      mean over positive pairs of max(0, d(a, p) − d(a, n*) + m), n* the nearest negative beyond p, else the farthest; \
      d = |x − y|
      """
    ],
    source: """
      Schroff, Kalenichenko, Philbin. "FaceNet: A Unified Embedding for Face Recognition and Clustering." CVPR 2015. \
      https://arxiv.org/abs/1503.03832
      """,
    parameters: [
      .init(
        "margin", standard: BatchSemiHardTripletLoss().margin,
        "by how much positives are to be nearer than negatives", origin: "FaceNet, section 3.1")
    ])
}
