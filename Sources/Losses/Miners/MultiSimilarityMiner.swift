import Tensors

/// Chooses the pairs that are hard in the light of the same anchor's pairs of the other kind.
///
/// With cosine similarities *s*, a positive is kept if it is less similar than the most similar negative, by a margin ε,
/// and a negative if it is more similar than the least similar positive:
///
///     s(a, p) − ε < max s(a, n),        s(a, n) + ε > min s(a, p)
///                    n                                 p
///
/// Anchors without pairs of one kind give none of the other.
///
/// Source: Wang, Han, Huang, Dong, Scott. "Multi-Similarity Loss With General Pair Weighting for Deep Metric Learning."
/// CVPR 2019. <https://arxiv.org/abs/1904.06627>
public struct MultiSimilarityMiner: PairMiner {
  /// The margin ε of similarity.
  public let epsilon: Double

  /// Creates a miner; the default is the paper's, and pytorch-metric-learning's.
  public init(epsilon: Double = 0.1) {
    self.epsilon = epsilon
  }

  /// Returns the chosen pairs.
  public func callAsFunction(_ rows: LabeledRows) -> PairSelection {
    rows.pairs(by: .cosine) { slab in
      let similarities = 1 - slab.logits
      let hardest = similarities.filled(where: !slab.negatives, with: -.infinity).max(1, keeping: true)
      let easiest = similarities.filled(where: !slab.positives, with: .infinity).min(1, keeping: true)
      return (
        slab.positives.and(similarities - epsilon .< hardest), slab.negatives.and(similarities + epsilon .> easiest)
      )
    }
  }
}
