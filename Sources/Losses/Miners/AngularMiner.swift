import Basics
import Tensors

/// Chooses the triplets in which the negative sees anchor and positive at a wide angle.
///
/// With the centre *c* = (*a* + *p*)/2 of a triplet and an angle α, those with
///
///     arctan( |a − p| / (2·|n − c|) ) > α
///
/// Rows are taken as they are, as pytorch-metric-learning's `AngularMiner` does.
///
/// Source: Wang, Zhou, Wen, Liu, Lin. "Deep Metric Learning with Angular Loss." ICCV 2017.
/// <https://arxiv.org/abs/1708.01682>
public struct AngularMiner: TripletMiner {
  /// The angle α in degrees.
  public let degrees: Double

  /// Creates a miner; the default is pytorch-metric-learning's.
  public init(degrees: Double = 20) {
    precondition(degrees > 0 && degrees < 90, "an angle between 0 and 90 degrees expected, got \(degrees)")
    self.degrees = degrees
  }

  /// Returns the chosen triplets.
  public func callAsFunction(_ rows: LabeledRows) -> TripletSelection {
    let tangent = Double.tan(degrees * .pi / 180)
    let plain = rows.map(PairDistance.euclidean.prepared)
    return plain.triplets(by: .euclidean) { slab, pairs in
      let anchors = plain.anchors[slab.rows].items(at: pairs.rows)
      let positives = plain.candidates.items(at: pairs.positives)
      let toCenter = PairDistance.euclidean.matrix((anchors + positives) / 2, plain.candidates)
      // The tangent grows with the angle, so it can be compared instead; |n − c| may be 0.
      return pairs.logits(of: slab).positive .> toCenter * (2 * tangent)
    }
  }
}
