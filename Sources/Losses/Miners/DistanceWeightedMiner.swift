public import Basics
public import Tensors

/// Chooses for every positive pair a negative at random, so that all distances of negatives occur about equally often.
///
/// Of points spread evenly on a sphere in *D* dimensions nearly all lie at the distance √2, where there is little to
/// learn. The density of the distance *d* is
///
///     q(d) ∝ d^(D − 2) · (1 − d²/4)^((D − 3)/2)
///
/// and a negative is drawn with a probability ∝ 1/*q*(max(*d*, cutoff)), never one beyond the reach of the loss. Rows are
/// scaled to unit length. Positives from an anchor without a negative in reach give no triplet.
///
/// Source: Wu, Manmatha, Smola, Krähenbühl. "Sampling Matters in Deep Embedding Learning." ICCV 2017, section 4.
/// <https://arxiv.org/abs/1706.07567>
public struct DistanceWeightedMiner: Hashable, Sendable {
  /// Distances below this are drawn as if they were this: the weight would otherwise make the nearest negative, often a
  /// wrongly labeled one, certain.
  public let cutoff: Double

  /// Negatives at this distance or farther are never drawn: the margin loss is 0 there.
  public let reach: Double

  /// Creates a miner.
  ///
  /// - Parameters:
  ///   - cutoff: The default is the authors', and pytorch-metric-learning's.
  ///   - reach: The same; it belongs to a margin loss with β = 1.2 and a margin of 0.2.
  public init(cutoff: Double = 0.5, reach: Double = 1.4) {
    precondition(cutoff > 0 && reach > cutoff, "0 < cutoff < reach expected, got \(cutoff) and \(reach)")
    self.cutoff = cutoff
    self.reach = reach
  }

  /// Returns one triplet for every positive pair, ordered by anchor.
  ///
  /// - Parameters:
  ///   - rows: Anchors and candidates.
  ///   - random: What the draws come from: one number for every triplet, in their order.
  public func callAsFunction(_ rows: LabeledRows, random: inout RandomStream) -> TripletSelection {
    var triplets: [Int] = []
    let width = Double(rows.anchors.shape[1])
    rows.comparison(by: .normalizedEuclidean).forEachSlab { slab in
      let d = slab.logits.to(.float64).clamped(min: cutoff)
      let logWeights = d.log() * (2 - width) - (1 - d.squared() / 4).log() * ((width - 3) / 2)
      let eligible = slab.negatives.and(d .< reach).and(logWeights.isFinite())
      let kept = logWeights.filled(where: !eligible, with: -.infinity)
      // Less the largest, so that one weight of every anchor is 1; of an anchor without any, all are NaN.
      let weights = (kept - kept.max(1, keeping: true)).exp().filled(where: !eligible, with: 0)
      let sums = weights.cumulativeSum(along: 1).values(as: Double.self)
      let columns = d.shape[1]
      let pairs = slab.positives.nonZeroIndices().values(as: Int.self)
      for k in stride(from: 0, to: pairs.count, by: 2) {
        let row = sums[pairs[k] * columns..<(pairs[k] + 1) * columns]
        guard let total = row.last, total > 0 else { continue }
        let drawn = random.uniform() * total
        // The first whose running sum exceeds the number drawn: of an impossible candidate the sum does not grow.
        triplets += [slab.rows.lowerBound + pairs[k], pairs[k + 1], row.firstIndex(above: drawn) - row.startIndex]
      }
    }
    return TripletSelection(Tensor(triplets, shape: [triplets.count / 3, 3]).to(rows.anchors.device))
  }

  /// Returns one triplet for every positive pair of a batch: embeddings `[N, D]` and their classes, `int64`, `[N]`.
  public func callAsFunction(_ embeddings: Tensor, labels: Tensor, random: inout RandomStream) -> TripletSelection {
    self(LabeledRows(embeddings, labels: labels), random: &random)
  }
}

extension ArraySlice<Double> {
  /// Where in ascending numbers the first one above a value lies.
  fileprivate func firstIndex(above value: Double) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
