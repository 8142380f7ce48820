public import Tensors

/// The histogram loss: the probability that a random negative pair is more similar than a random positive pair.
///
/// Cosine similarities, −1 ... 1, are counted in soft histograms with nodes *r*: the shares *p⁺ᵣ* of all positive pairs and
/// *p⁻ᵣ* of all negative pairs.
///
///     loss = Σᵣ p⁻ᵣ · Σ_{q ≤ r} p⁺_q
///
/// It has no margin to tune, and looks at distributions instead of single pairs.
///
/// Memory: O(*N*·*D*), one tile, and the histograms.
///
/// Source: Ustinova, Lempitsky. "Learning Deep Embeddings with Histogram Loss." NeurIPS 2016.
/// <https://arxiv.org/abs/1611.00822>
public struct HistogramLoss: ClassLoss, Hashable {
  /// The number of bins, one less than that of nodes.
  public let bins: Int

  /// Creates a loss; the default is pytorch-metric-learning's.
  public init(bins: Int = 100) {
    precondition(bins > 0, "at least one bin expected, got \(bins)")
    self.bins = bins
  }

  /// Returns the loss of all pairs; 0 when there is no pair of one of the kinds.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let results = rows.perAnchor(by: .cosine, width: 4) { slab, _ in
      let similarities = 1 - slab.logits
      let histograms = similarities.softHistograms(
        from: -1, bins: bins, width: 2 / Double(bins), of: [slab.positives, slab.negatives])
      // Every node of both histograms is a vector over anchors.
      return histograms.flatMap { histogram in (0...bins).map { histogram.item($0, along: 1) } }
        + [slab.positives.sum(1).to(.float64), slab.negatives.sum(1).to(.float64)]
    }
    let nodes = Tensor.stack(results.dropLast(2).map { $0.sum() })  // [2·(bins + 1)]
    let counts = results.suffix(2).map { $0.sum().item() }
    let positives = nodes[0..<(bins + 1)] / max(counts[0], 1)
    let negatives = nodes[(bins + 1)..<(2 * bins + 2)] / max(counts[1], 1)
    return (negatives * positives.cumulativeSum(along: 0)).sum()
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "histogram", summary: "How likely a negative pair is more similar than a positive one",
    needs: [.classes],
    formula: "Σᵣ p⁻ᵣ·Σ_{q ≤ r} p⁺_q, soft histograms p⁺, p⁻ of the cosine similarities of positive and negative pairs",
    source: """
      Ustinova, Lempitsky. "Learning Deep Embeddings with Histogram Loss." NeurIPS 2016. \
      https://arxiv.org/abs/1611.00822
      """,
    parameters: [
      .init(
        "bins", standard: Double(HistogramLoss().bins), "the bins of the histograms", origin: "pytorch-metric-learning")
    ])
}
