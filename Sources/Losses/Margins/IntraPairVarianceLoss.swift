public import Tensors

/// The intra-pair variance loss: positives shall not be much less similar than the average positive, negatives not much
/// more similar than the average negative.
///
/// With cosine similarities *s*, their means *μₚ* and *μₙ* over all positive and all negative pairs, and tolerances ε:
///
///     loss = mean over positive pairs of max(0, (1 − εₚ)·μₚ − s)² + mean over negative pairs of max(0, s − (1 + εₙ)·μₙ)²
///
/// It is added to another loss: by itself it does not hold classes apart. Gradients go through the means too.
///
/// Two walks. Memory: O(*N*·*D*) and one tile.
///
/// Source: Yu, Tao. "Deep Metric Learning with Tuplet Margin Loss." ICCV 2019.
public struct IntraPairVarianceLoss: ClassLoss, Hashable {
  /// The tolerance εₚ of positives.
  public let positiveTolerance: Double
  /// The tolerance εₙ of negatives.
  public let negativeTolerance: Double

  /// Creates a loss; both defaults are pytorch-metric-learning's.
  public init(positiveTolerance: Double = 0.01, negativeTolerance: Double = 0.01) {
    self.positiveTolerance = positiveTolerance
    self.negativeTolerance = negativeTolerance
  }

  /// Returns the loss of all pairs; a term without pairs is 0.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let comparison = rows.cosines()
    let all = comparison.reduced([
      .sum(over: .positives), .count(over: .positives), .sum(over: .negatives), .count(over: .negatives),
    ])
    let counts = [all[1], all[3]].map { $0.sum().clamped(min: 1) }
    let near = all[0].sum() / counts[0] * (1 - positiveTolerance)
    let far = all[2].sum() / counts[1] * (1 + negativeTolerance)
    let (p, n) = comparison.reduced(
      .sum(.squaredHinge(-1, plus: .each(near.expanded(to: all[0].shape))), over: .positives),
      .sum(.squaredHinge(1, plus: .each((-far).expanded(to: all[0].shape))), over: .negatives))
    return (p.sum() / counts[0] + n.sum() / counts[1]).to(comparison.type)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "intra-pair-variance", summary: "Positives and negatives keep close to their mean similarities",
    needs: [.classes],
    formula: """
      mean over positive pairs of max(0, (1 − εₚ)·μₚ − s)² + mean over negative pairs of max(0, s − (1 + εₙ)·μₙ)², s = cos
      """,
    source: "Yu, Tao. \"Deep Metric Learning with Tuplet Margin Loss.\" ICCV 2019.",
    parameters: [
      .init(
        "positive-tolerance", standard: IntraPairVarianceLoss().positiveTolerance, "the tolerance εₚ of positives",
        origin: "pytorch-metric-learning"),
      .init(
        "negative-tolerance", standard: IntraPairVarianceLoss().negativeTolerance, "the tolerance εₙ of negatives",
        origin: "pytorch-metric-learning"),
    ])
}
