import Tensors

/// What a miner of any kind chose.
public enum MinedTuples {
  /// Positive and negative pairs.
  case pairs(PairSelection)
  /// Triplets.
  case triplets(TripletSelection)

  /// The pairs, or those of anchor and positive and of anchor and negative that the triplets consist of, in the order of
  /// the triplets: a pair of many triplets is there many times.
  public var pairs: PairSelection {
    switch self {
    case .pairs(let pairs): return pairs
    case .triplets(let triplets):
      return PairSelection(
        positives: .stack([triplets.anchors, triplets.positives], along: 1),
        negatives: .stack([triplets.anchors, triplets.negatives], along: 1))
    }
  }

  /// How many there are: triplets, or pairs of both kinds.
  public var count: Int {
    switch self {
    case .pairs(let pairs): pairs.positives.shape[0] + pairs.negatives.shape[0]
    case .triplets(let triplets): triplets.count
    }
  }
}
