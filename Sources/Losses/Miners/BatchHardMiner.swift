import Tensors

/// Chooses for every anchor its farthest positive and its nearest negative.
///
/// `BatchHardTripletLoss` is the loss over these triplets without a list of them.
///
/// Source: Hermans, Beyer, Leibe. "In Defense of the Triplet Loss for Person Re-Identification." 2017.
/// <https://arxiv.org/abs/1703.07737>
public struct BatchHardMiner: TripletMiner {
  /// How distances are measured.
  public let distance: PairDistance

  /// Creates a miner; the default is pytorch-metric-learning's.
  public init(distance: PairDistance = .normalizedEuclidean) {
    self.distance = distance
  }

  /// Returns a triplet of every anchor that has a positive and a negative; of equally hard candidates the first.
  public func callAsFunction(_ rows: LabeledRows) -> TripletSelection {
    let choice = BatchEasyHardMiner(positives: .hard, negatives: .hard, distance: distance)
    var lists: [Tensor] = []
    rows.comparison(by: distance).forEachSlab { slab in
      let (p, n) = choice.chosen(in: slab)
      let kept = p!.exist.and(n!.exist).nonZeroIndices().flattened()
      let anchors = kept + Tensor([slab.rows.lowerBound]).to(kept.device)
      lists.append(Tensor.stack([anchors, p!.indices.items(at: kept), n!.indices.items(at: kept)], along: 1))
    }
    return TripletSelection(lists.joined(width: 3, on: rows.anchors.device))
  }
}
