public import Tensors

/// Supervised contrast with the mean over positives inside the logarithm.
///
///     loss = 1/N · Σᵢ −log( 1/|P(i)| · Σₚ exp(zᵢ·zₚ/τ) / Σₖ≠ᵢ exp(zᵢ·zₖ/τ) )
///
/// One positive near by is enough for a row to be content, where `SupConLoss` wants all of them near; the authors measure
/// 67.4 % against 78.7 % on ImageNet and recommend the other.
///
/// With the semantics `solo-learn` the positives are summed, not averaged: less by the mean of log |P(i)|, with the same
/// gradient. That is what solo-learn calls SupCon.
///
/// Rows that are alone in their class do not count. Memory: O(*N*·*D*) beyond one tile of `Comparison`.
///
/// Source: Khosla et al. "Supervised Contrastive Learning." NeurIPS 2020, equation 3. <https://arxiv.org/abs/2004.11362>
public struct SupConInsideLoss: Hashable, Sendable {
  /// The divisor τ of the cosines.
  public let temperature: Double
  /// Whose numbers are computed.
  public let semantics: Semantics
  /// What becomes of rows that are alone in their class.
  public let policy: AnchorPolicy

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - temperature: A positive number; 0.1 is the authors', and solo-learn's.
  ///   - semantics: `paper` or `solo-learn`.
  ///   - policy: What becomes of rows that are alone in their class.
  public init(temperature: Double = 0.1, semantics: Semantics = .paper, policy: AnchorPolicy = .ignore) {
    precondition(temperature > 0, "temperature must be positive, not \(temperature)")
    semantics.require(among: Self.variants, of: "SupConInsideLoss")
    self.temperature = temperature
    self.semantics = semantics
    self.policy = policy
  }

  /// Returns the loss of rows with their classes.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`, of any norm.
  ///   - labels: `int64`, `[N]`.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ rows: Tensor, labels: Tensor) -> Tensor {
    let z = rows.normalized()
    let comparison = Comparison(anchors: z, candidates: z, relation: .labels(labels), scale: 1 / temperature)
    let (denominators, positives, count) = comparison.reduced(
      .logSumExp(over: .compared), .logSumExp(over: .positives), .count(over: .positives))
    let sums = denominators - positives
    return comparison.mean(semantics == .soloLearn ? sums : sums + count.log(), where: count .> 0, policy)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "supcon-in", summary: "Each row finds the others of its class among all rows, all together",
    needs: [.classes], formula: meanFormula,
    variants: variants,
    source:
      "Khosla et al. Supervised Contrastive Learning. NeurIPS 2020, equation 3, <https://arxiv.org/abs/2004.11362>",
    parameters: [
      .init(
        "temperature", standard: SupConInsideLoss().temperature, "the divisor τ of the cosines", origin: "the authors'")
    ])

  /// The formulas of the semantics that the loss knows.
  private static let variants: [Semantics: String] = [
    .paper: meanFormula,
    .soloLearn: "1/N · Σᵢ −log( Σₚ exp(zᵢ·zₚ/τ) / Σₖ≠ᵢ exp(zᵢ·zₖ/τ) )   z of unit length",
  ]

  private static let meanFormula =
    "1/N · Σᵢ −log( 1/|P(i)| · Σₚ exp(zᵢ·zₚ/τ) / Σₖ≠ᵢ exp(zᵢ·zₖ/τ) )   z of unit length, P(i) the others of the class"
}
