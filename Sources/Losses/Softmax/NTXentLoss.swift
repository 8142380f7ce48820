public import Tensors

/// The normalized, temperature-scaled cross entropy of SimCLR.
///
/// Row *i* of every view embeds example *i*. Stacked and scaled to unit length, two views of *N* examples give 2*N* rows
/// *z*; the positive of row *i* is its other view *p(i)* = (*i* + *N*) mod 2*N*, the other 2*N* − 2 rows are its negatives:
///
///     loss = 1/2N · Σᵢ −log( exp(zᵢ·zₚ₍ᵢ₎/τ) / Σₖ≠ᵢ exp(zᵢ·zₖ/τ) )
///
/// With more views a row has several positives, over which −log is averaged; all of them are in its denominator.
///
/// Libraries agree on two views, but for factors; they differ where a row has several positives:
///
/// | semantics | |
/// |---|---|
/// | `paper`, `lightly`, `solo-learn` | as above; lightly and solo-learn take two views only |
/// | `simclr-tf` | twice as much: the halves of both views are added, not averaged |
/// | `supcontrast` | τ/0.07 times as much: the code of SupCon has a base temperature |
/// | `pml` | every positive alone against the negatives, the other positives left out of the denominator; averaged over pairs of a row and a positive |
///
/// A run that stays at log(2*N* − 1) has collapsed: every row is the same vector. A batch of one example has a loss of 0.
///
/// Memory: O(*N*·*D*) beyond one tile of `Comparison`; the 2*N* × 2*N* similarities are never held at once.
///
/// Source: Chen, Kornblith, Norouzi, Hinton. "A Simple Framework for Contrastive Learning of Visual
/// Representations." ICML 2020, equation 1 and algorithm 1. <https://arxiv.org/abs/2002.05709>
public struct NTXentLoss: Hashable, Sendable {
  /// The divisor τ of the cosine similarities: the lower, the more the hardest negatives weigh.
  public let temperature: Double
  /// Whose numbers are computed.
  public let semantics: Semantics

  /// Creates a loss that divides similarities by the given temperature.
  ///
  /// - Parameters:
  ///   - temperature: A positive number. The authors train with 0.5 on CIFAR-10 and 0.1 on ImageNet.
  ///   - semantics: One of `description.variants`.
  public init(temperature: Double = 0.5, semantics: Semantics = .paper) {
    precondition(temperature > 0, "temperature must be positive, not \(temperature)")
    semantics.require(among: Self.variants, of: "NTXentLoss")
    self.temperature = temperature
    self.semantics = semantics
  }

  /// Returns the loss of a batch, averaged over all rows of all views.
  ///
  /// - Parameter views: Embeddings of two or more views of every example, `[N, D]` each, of any norm, in one order.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ views: [Tensor]) -> Tensor {
    precondition(
      views.allSatisfy { $0.shape == views[0].shape }, "views of one shape expected, got \(views.map(\.shape))")
    return loss(.concatenation(views), .views(views.count))
  }

  /// Returns the loss of two views of every example, `[N, D]` each.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor { self([first, second]) }

  /// Returns the loss of rows whose positives are the other rows of their class.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`, of any norm.
  ///   - labels: `int64`, `[N]`. Rows that are alone in their class do not count.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ rows: Tensor, labels: Tensor) -> Tensor { loss(rows, .labels(labels)) }

  private func loss(_ rows: Tensor, _ relation: Relation) -> Tensor {
    let z = rows.normalized()  // [views·N, D], float32 even under autocast
    let comparison = Comparison(anchors: z, candidates: z, relation: relation, scale: 1 / temperature)
    if semantics == .pml { return comparison.pairwiseCrossEntropy() }
    let (denominators, positives, count) = comparison.reduced(
      .logSumExp(over: .compared), .mean(over: .positives), .count(over: .positives))
    let mean = comparison.mean(denominators - positives, where: count .> 0)
    switch semantics {
    case .simclrTF: return mean * 2
    case .supcontrast: return mean * (temperature / SupConLoss.authorsBaseTemperature)
    default: return mean
    }
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "ntxent", summary: "Each view finds the other one among all rows of both views",
    needs: [.pairs, .classes], formula: standardFormula,
    variants: variants,
    source: "Chen, Kornblith, Norouzi, Hinton. SimCLR. ICML 2020, equation 1, <https://arxiv.org/abs/2002.05709>",
    parameters: [
      .init(
        "temperature", standard: NTXentLoss().temperature, "the divisor τ of the cosines",
        origin: "the authors', for CIFAR-10")
    ])

  /// The formulas of the semantics that the loss knows.
  private static let variants: [Semantics: String] = [
    .paper: standardFormula, .lightly: standardFormula, .soloLearn: standardFormula,
    .simclrTF: "2 · " + standardFormula, .supcontrast: "τ/0.07 · " + standardFormula,
    .pml: "mean over pairs (i, p) of −log( exp(zᵢ·zₚ/τ) / (exp(zᵢ·zₚ/τ) + Σ_{negatives k} exp(zᵢ·zₖ/τ)) )",
  ]

  private static let standardFormula = "1/2N · Σᵢ −log( exp(zᵢ·zₚ₍ᵢ₎/τ) / Σₖ≠ᵢ exp(zᵢ·zₖ/τ) )   z of unit length"
}

extension Comparison {
  /// The mean over pairs of an anchor *i* and a positive *p* of −log( exp ℓᵢₚ / (exp ℓᵢₚ + Σ exp ℓᵢₙ) ), the sum over
  /// the anchor's negatives: two walks, the second for log(1 + exp(log Σ − ℓᵢₚ)).
  fileprivate func pairwiseCrossEntropy() -> Tensor {
    let negatives = reduced(.logSumExp(over: .negatives))
    let (sums, count) = reduced(
      .sum(.softplus(-1, plus: .each(negatives)), over: .positives), .count(over: .positives))
    return (sums.sum() / count.sum().clamped(min: 1)).to(type)
  }
}
