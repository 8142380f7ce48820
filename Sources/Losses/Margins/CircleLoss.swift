public import Tensors

/// The circle loss: every similarity is pulled by a force that grows with how far it is from its optimum.
///
/// With cosine similarities *s*, a relaxation *m* and a scale γ, over an anchor's positives and negatives:
///
///     loss = mean over anchors of log( 1 + Σₙ exp(γ·αₙ·(sₙ − m)) · Σₚ exp(−γ·αₚ·(sₚ − 1 + m)) )
///     αₚ = max(0, 1 + m − sₚ),   αₙ = max(0, sₙ + m)
///
/// The weights α have no gradient. Anchors without a positive or without a negative follow the policy.
///
/// Memory: O(*N*·*D*) and one tile.
///
/// Source: Sun, Cheng, Zhang, Zhang, Zheng, Wang, Wei. "Circle Loss: A Unified Perspective of Pair Similarity
/// Optimization." CVPR 2020. <https://arxiv.org/abs/2002.10857>
public struct CircleLoss: ClassLoss, Hashable {
  /// The relaxation *m*.
  public let margin: Double
  /// The scale γ.
  public let scale: Double
  /// What becomes of anchors without a positive or without a negative.
  public let policy: AnchorPolicy

  /// Creates a loss; the defaults are the paper's for image retrieval.
  public init(margin: Double = 0.4, scale: Double = 80, policy: AnchorPolicy = .ignore) {
    precondition(scale > 0, "scale must be positive, not \(scale)")
    self.margin = margin
    self.scale = scale
    self.policy = policy
  }

  /// Returns the mean over anchors.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let comparison = rows.cosines()
    let all = comparison.reduced([
      .logSumExp(
        ElementFunction(.selfWeighted(factor: scale, optimum: 1 + margin, margin: 1 - margin), slope: -1),
        over: .positives),
      .logSumExp(
        ElementFunction(.selfWeighted(factor: scale, optimum: margin, margin: -margin), slope: 1), over: .negatives),
      .count(over: .positives), .count(over: .negatives),
    ])
    return comparison.mean(
      (all[0] + all[1]).softplusExact(), where: (all[2] .> 0).and(all[3] .> 0), policy)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "circle", summary: "Each similarity is moved the more, the farther it is from where it should be",
    needs: [.classes],
    formula: """
      mean over anchors of log(1 + Σₙ exp(γ·max(0, sₙ + m)·(sₙ − m))·Σₚ exp(−γ·max(0, 1 + m − sₚ)·(sₚ − 1 + m))), s = cos
      """,
    source: """
      Sun, Cheng, Zhang, Zhang, Zheng, Wang, Wei. "Circle Loss." CVPR 2020. https://arxiv.org/abs/2002.10857
      """,
    parameters: [
      .init("margin", standard: CircleLoss().margin, "the relaxation m", origin: "the paper, for image retrieval"),
      .init("scale", standard: CircleLoss().scale, "the scale γ", origin: "the paper, for image retrieval"),
    ])
}
