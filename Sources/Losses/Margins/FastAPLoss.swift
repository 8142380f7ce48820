public import Tensors

/// FastAP: one minus the average precision of every anchor's ranking of its candidates, with ranks read off a histogram.
///
/// The squared distances of unit rows, 0 ... 4, are counted in a soft histogram of *L* bins: *h⁺ₗ* of an anchor's positives
/// and *hₗ* of all its candidates at node *l*, *H⁺ₗ* and *Hₗ* summed up to it. With *N⁺* positives:
///
///     loss = mean over anchors with a positive of 1 − 1/N⁺ · Σₗ h⁺ₗ·H⁺ₗ/Hₗ
///
/// It is about rankings, not about pairs: all that matters is how many negatives are nearer than the positives.
///
/// Memory: O(*N*·*D*) and one tile.
///
/// Source: Cakir, He, Xia, Kulis, Sclaroff. "Deep Metric Learning to Rank." CVPR 2019.
public struct FastAPLoss: ClassLoss, Hashable {
  /// The number of bins *L*.
  public let bins: Int

  /// What becomes of anchors without a positive.
  public let policy: AnchorPolicy

  /// Creates a loss; the number of bins is the authors', and pytorch-metric-learning's.
  public init(bins: Int = 10, policy: AnchorPolicy = .ignore) {
    precondition(bins > 0, "at least one bin expected, got \(bins)")
    self.bins = bins
    self.policy = policy
  }

  /// Returns the mean over anchors.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let comparison = rows.comparison(by: .normalizedSquaredEuclidean)
    let results = comparison.perAnchor(height: rows.height(width: 4)) { slab, _ in
      let histograms = slab.logits.softHistograms(
        from: 0, bins: bins, width: 4 / Double(bins), of: [slab.positives, slab.negatives])
      let (h, other) = (histograms[0], histograms[1])
      let (below, all) = (h.cumulativeSum(along: 1), (h + other).cumulativeSum(along: 1))
      let products = h * below
      let isSafe = (products.detached() .> 0).and(all.detached() .> 0)
      let terms = products.filled(where: !isSafe, with: 0) / all.filled(where: !isSafe, with: 1)
      let count = slab.positives.sum(1).to(.float64)
      return [1 - terms.sum(1) / count.clamped(min: 1).to(terms.type), count]
    }
    return comparison.mean(results[0], where: results[1] .> 0, policy)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "fast-ap", summary: "The average precision of retrieval, by soft histograms",
    needs: [.classes],
    formula: "mean over anchors of 1 − 1/N⁺·Σₗ h⁺ₗ·H⁺ₗ/Hₗ, soft histograms h of squared distances of unit rows",
    source: """
      Cakir, He, Xia, Kulis, Sclaroff. "Deep Metric Learning to Rank." CVPR 2019.
      """,
    parameters: [
      .init("bins", standard: Double(FastAPLoss().bins), "the bins of the histogram", origin: "the authors' code")
    ])
}
