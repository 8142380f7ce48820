public import Tensors

/// The ranked list loss: positives within a sphere around the anchor, negatives outside a larger one, the worst
/// offenders weighing most.
///
/// With distances *d* of unit rows, the outer radius α and the margin *m* between the spheres, an anchor's positives
/// beyond α − *m* and its negatives within α count:
///
///     L⁺ = Σ w⁺·(d − (α − m)) / Σ w⁺,   w⁺ = exp(T⁺·(d − (α − m)))
///     L⁻ = Σ w⁻·(α − d) / Σ w⁻,         w⁻ = exp(T⁻·(α − d))
///     loss = mean over anchors of (1 − λ)·L⁺ + λ·L⁻
///
/// A sum over nothing is 0. Gradients go through the weights too.
///
/// Memory: O(*N*·*D*) and one tile.
///
/// Source: Wang, Hua, Kodirov, Hu, Garnier, Robertson. "Ranked List Loss for Deep Metric Learning." CVPR 2019, section 3.
/// <https://arxiv.org/abs/1903.03238>
public struct RankedListLoss: ClassLoss, Hashable {
  /// How wide, *m*, the space between the spheres is.
  public let margin: Double
  /// The radius α of the outer sphere.
  public let radius: Double
  /// How much more the farthest positives weigh, *T⁺*.
  public let positiveTemperature: Double
  /// How much more the nearest negatives weigh, *T⁻*.
  public let negativeTemperature: Double
  /// The share λ of the negatives' term.
  public let balance: Double
  /// What is added to Σ *w* for every candidate.
  public let epsilon: Double

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - margin: *m*.
  ///   - radius: α; 1 + *m*/2 unless given, so that the spheres lie evenly around 1, as in pytorch-metric-learning.
  ///   - positiveTemperature: *T⁺*; 0 weighs all positives alike, as the paper's simpler variant does.
  ///   - negativeTemperature: *T⁻*; 10, that of the paper's experiments.
  ///   - balance: λ.
  ///   - epsilon: 10⁻⁵ for pytorch-metric-learning's numbers, which so avoids a division by 0.
  public init(
    margin: Double = 0.4, radius: Double? = nil, positiveTemperature: Double = 0, negativeTemperature: Double = 10,
    balance: Double = 0.5, epsilon: Double = 0
  ) {
    precondition(margin >= 0 && epsilon >= 0, "margin and epsilon must not be negative, got \(margin), \(epsilon)")
    precondition((0...1).contains(balance), "balance must be in 0 ... 1, not \(balance)")
    self.margin = margin
    self.radius = radius ?? 1 + margin / 2
    self.positiveTemperature = positiveTemperature
    self.negativeTemperature = negativeTemperature
    self.balance = balance
    self.epsilon = epsilon
  }

  /// Returns the mean over all anchors.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let results = rows.perAnchor(by: .normalizedEuclidean, width: 4) { slab, _ in
      let d = slab.logits
      /// Σ w·excess / Σ w over the candidates that exceed.
      func weighted(_ excess: Tensor, _ candidates: Tensor, _ temperature: Double) -> Tensor {
        let isLeftOut = !candidates.and(excess.detached() .> 0)
        let excess = excess.filled(where: isLeftOut, with: 0)
        let weights = (excess * temperature).exp().filled(where: isLeftOut, with: 0)
        // The least weight is 1; without any, 0 is divided by something else.
        let sum = (weights.sum(1) + epsilon * Double(d.shape[1])).clamped(min: 1e-30)
        return (weights * excess).sum(1) / sum
      }
      let positives = weighted(d - (radius - margin), slab.positives, positiveTemperature)
      let negatives = weighted(radius - d, slab.negatives, negativeTemperature)
      return [positives * (1 - balance) + negatives * balance]
    }
    return results[0].mean()
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "ranked-list", summary: "Positives within one sphere around each row, negatives beyond a larger one",
    needs: [.classes],
    formula: """
      mean over anchors of (1 − λ)·Σ w⁺·(d − (α − m))/Σ w⁺ + λ·Σ w⁻·(α − d)/Σ w⁻, over positives beyond α − m and \
      negatives within α; w⁺ = exp(T⁺·(d − (α − m))), w⁻ = exp(T⁻·(α − d)), d of unit rows
      """,
    variants: [
      .pml: """
      mean over anchors of (1 − λ)·Σ w⁺·(d − (α − m))/Σ (w⁺ + 10⁻⁵) + λ·Σ w⁻·(α − d)/Σ (w⁻ + 10⁻⁵), sums of 10⁻⁵ over \
      all candidates
      """
    ],
    source: """
      Wang, Hua, Kodirov, Hu, Garnier, Robertson. "Ranked List Loss for Deep Metric Learning." CVPR 2019. \
      https://arxiv.org/abs/1903.03238
      """,
    parameters: [
      .init("margin", standard: RankedListLoss().margin, "the space m between the spheres", origin: "the paper's 0.4"),
      .init("radius", standard: nil, "the outer radius α; 1 + m/2 unless given", origin: "pytorch-metric-learning"),
      .init(
        "positive-temperature", standard: RankedListLoss().positiveTemperature, "T⁺: how much more far positives weigh",
        origin: "the paper"),
      .init(
        "negative-temperature", standard: RankedListLoss().negativeTemperature,
        "T⁻: how much more near negatives weigh",
        origin: "the paper"),
      .init("balance", standard: RankedListLoss().balance, "the share λ of the negatives", origin: "the paper"),
    ])
}
