import Tensors

/// Chooses all triplets of a kind: those that violate a margin, of them the hard or the semi-hard ones, or those that
/// keep it.
///
/// The list is as long as there are such triplets, up to *N*³; on the way there is one tile only. Where the list itself
/// is not wanted, `BatchAllTripletLoss(selecting:)` is the loss over the same triplets without it.
///
/// Source: Schroff, Kalenichenko, Philbin. "FaceNet." CVPR 2015, section 3.2. <https://arxiv.org/abs/1503.03832> As
/// `TripletMarginMiner` of pytorch-metric-learning 2.9.0.
public struct TripletMarginMiner: TripletMiner {
  /// By how much positives are to be nearer than negatives.
  public let margin: Double

  /// Which triplets are chosen.
  public let kind: TripletKind

  /// How distances are measured.
  public let distance: PairDistance

  /// Creates a miner; all defaults are pytorch-metric-learning's.
  public init(margin: Double = 0.2, kind: TripletKind = .all, distance: PairDistance = .normalizedEuclidean) {
    self.margin = margin
    self.kind = kind
    self.distance = distance
  }

  /// Returns the chosen triplets.
  public func callAsFunction(_ rows: LabeledRows) -> TripletSelection {
    rows.triplets(by: distance) { slab, pairs in
      let d = pairs.logits(of: slab)
      return kind.contains(d.all - d.positive, margin: margin)
    }
  }
}
