import Tensors

/// Chooses the positive pairs that are farther apart than a margin, and the negative pairs that are nearer than another.
///
/// Source: `PairMarginMiner` of pytorch-metric-learning 2.9.0.
public struct PairMarginMiner: PairMiner {
  /// Positive pairs must be farther apart than this.
  public let positiveMargin: Double

  /// Negative pairs must be nearer than this.
  public let negativeMargin: Double

  /// How distances are measured.
  public let distance: PairDistance

  /// Creates a miner; all defaults are pytorch-metric-learning's.
  public init(
    positiveMargin: Double = 0.2, negativeMargin: Double = 0.8, distance: PairDistance = .normalizedEuclidean
  ) {
    self.positiveMargin = positiveMargin
    self.negativeMargin = negativeMargin
    self.distance = distance
  }

  /// Returns the chosen pairs.
  public func callAsFunction(_ rows: LabeledRows) -> PairSelection {
    rows.pairs(by: distance) { slab in
      (
        slab.positives.and(slab.logits .> positiveMargin), slab.negatives.and(slab.logits .< negativeMargin)
      )
    }
  }
}
