public import Tensors

/// Decoupled contrast: the positive is left out of the denominator, so that a pair that is already close does not weaken
/// the push of its negatives.
///
/// Of two views of *N* examples, 2*N* rows *z* of unit length, *p(i)* the other view of row *i*:
///
///     loss = 1/2N · Σᵢ [ −zᵢ·zₚ₍ᵢ₎/τ + log Σ_{k ≠ i, p(i)} exp(zᵢ·zₖ/τ) ]
///
/// It gets by with small batches and can become negative. A batch of one example has no negatives, and a loss of 0.
///
/// Memory: O(*N*·*D*) beyond one tile of `Comparison`.
///
/// Source: Yeh, Hong, Hsu, Liu, Chen, LeCun. "Decoupled Contrastive Learning." ECCV 2022, equation 5.
/// <https://arxiv.org/abs/2110.06848>
public struct DCLLoss: Hashable, Sendable {
  /// The divisor τ of the cosines.
  public let temperature: Double

  /// Creates the loss.
  ///
  /// - Parameter temperature: A positive number; 0.1 is the authors', and lightly's.
  public init(temperature: Double = 0.1) {
    precondition(temperature > 0, "temperature must be positive, not \(temperature)")
    self.temperature = temperature
  }

  /// Returns the loss of two views of every example.
  ///
  /// - Parameters:
  ///   - first: Embeddings of one view, `[N, D]`, of any norm.
  ///   - second: Embeddings of the other, `[N, D]`, in the same order.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor {
    decoupledContrast(first, second, temperature, weights: nil)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "dcl", summary: "NT-Xent with the positive left out of the denominator; for small batches",
    needs: [.pairs],
    formula: formula,
    variants: [.paper: formula, .lightly: formula],
    source: "Yeh et al. Decoupled Contrastive Learning. ECCV 2022, <https://arxiv.org/abs/2110.06848>",
    parameters: [
      .init("temperature", standard: DCLLoss().temperature, "the divisor τ of the cosines", origin: "the authors'")
    ])

  private static let formula =
    "1/2N · Σᵢ [ −zᵢ·zₚ₍ᵢ₎/τ + log Σ_{k ≠ i, p(i)} exp(zᵢ·zₖ/τ) ]   z of unit length"
}

/// The mean over all rows of both views of log Σ exp of the negatives less the weighed positive.
///
/// - Parameter weights: From the cosines of the pairs, `[N]`, without gradient, to their weights; all 1 without it.
func decoupledContrast(
  _ first: Tensor, _ second: Tensor, _ temperature: Double, weights: ((Tensor) -> Tensor)?
) -> Tensor {
  precondition(first.shape == second.shape, "views of one shape expected, got \(first.shape), \(second.shape)")
  let z = Tensor.concatenation([first, second]).normalized()
  let n = first.shape[0]
  let cosines = (z[0..<n] * z[n..<2 * n]).sum(-1)
  let comparison = Comparison(anchors: z, candidates: z, relation: .views(2), scale: 1 / temperature)
  let (negatives, count) = comparison.reduced(.logSumExp(over: .negatives), .count(over: .negatives))
  let weighed = weights.map { cosines * $0(cosines.detached()) } ?? cosines
  let positives = Tensor.concatenation([weighed, weighed]) / temperature
  return comparison.mean(negatives - positives, where: count .> 0)
}
