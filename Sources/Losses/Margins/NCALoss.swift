public import Tensors

/// Neighbourhood components analysis: the probability that a random neighbour, near ones being likelier, is of the
/// anchor's class.
///
/// With squared distances *d²* and a scale *s*:
///
///     loss = mean over anchors of −log( Σₚ exp(−s·d²(a, p)) / Σₖ exp(−s·d²(a, k)) ),   k ≠ a over all candidates
///
/// Unlike in supervised contrastive losses the positives are added up inside the logarithm: one near positive is enough.
/// Anchors without a positive follow the policy.
///
/// Memory: O(*N*·*D*) and one tile.
///
/// Source: Goldberger, Roweis, Hinton, Salakhutdinov. "Neighbourhood Components Analysis." NeurIPS 2004, section 2; the
/// logarithm is that of its second objective.
public struct NCALoss: ClassLoss, Hashable {
  /// The scale *s*.
  public let scale: Double
  /// How distances are measured; a squared one is meant.
  public let distance: PairDistance
  /// What becomes of anchors without a positive.
  public let policy: AnchorPolicy

  /// Creates a loss; by default the paper's, of the rows as they are.
  public init(
    scale: Double = 1, distance: PairDistance = .squaredEuclidean, policy: AnchorPolicy = .ignore
  ) {
    precondition(scale > 0, "scale must be positive, not \(scale)")
    self.scale = scale
    self.distance = distance
    self.policy = policy
  }

  /// The loss with the defaults of pytorch-metric-learning, of unit rows.
  public static let pml = NCALoss(distance: .normalizedSquaredEuclidean)

  /// Returns the mean over anchors.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let comparison = rows.comparison(by: distance)
    let (positives, all) = comparison.reduced(
      .logSumExp(.linear(-scale), over: .positives), .logSumExp(.linear(-scale), over: .compared))
    return comparison.mean(all - positives, where: positives.detached().isFinite(), policy)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "nca", summary: "Each row's likely neighbours are of its class",
    needs: [.classes],
    formula: "mean over anchors of −log(Σₚ exp(−s·d²(a, p)) / Σₖ exp(−s·d²(a, k))), d = |x − y|",
    variants: [
      .paper: "mean over anchors of −log(Σₚ exp(−s·d²(a, p)) / Σₖ exp(−s·d²(a, k))), d = |x − y|",
      .pml: "mean over anchors of −log(Σₚ exp(−s·d²(a, p)) / Σₖ exp(−s·d²(a, k))), d = |x/|x| − y/|y||",
    ],
    source: """
      Goldberger, Roweis, Hinton, Salakhutdinov. "Neighbourhood Components Analysis." NeurIPS 2004.
      """,
    parameters: [
      .init("scale", standard: NCALoss().scale, "the scale s of squared distances", origin: "the paper has none")
    ])
}
