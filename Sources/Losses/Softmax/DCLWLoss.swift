public import Tensors

/// Decoupled contrast in which pairs that are far apart weigh more.
///
///     loss = 1/2N · Σᵢ [ −wᵢ·zᵢ·zₚ₍ᵢ₎/τ + log Σ_{k ≠ i, p(i)} exp(zᵢ·zₖ/τ) ]
///     wᵢ   = 2 − exp(zᵢ·zₚ₍ᵢ₎/σ) / mean exp(zⱼ·zₚ₍ⱼ₎/σ)
///
/// The weights, which are 1 on average, have no gradient. Otherwise as `DCLLoss`.
///
/// Source: Yeh, Hong, Hsu, Liu, Chen, LeCun. "Decoupled Contrastive Learning." ECCV 2022, equation 6 and section 3.3.
/// <https://arxiv.org/abs/2110.06848>
public struct DCLWLoss: Hashable, Sendable {
  /// The divisor τ of the cosines.
  public let temperature: Double
  /// The divisor σ of the cosines within the weights.
  public let sigma: Double

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - temperature: A positive number; 0.1 is the authors', and lightly's.
  ///   - sigma: A positive number; 0.5 is the authors', and lightly's.
  public init(temperature: Double = 0.1, sigma: Double = 0.5) {
    precondition(temperature > 0 && sigma > 0, "τ and σ must be positive, not \(temperature), \(sigma)")
    self.temperature = temperature
    self.sigma = sigma
  }

  /// Returns the loss of two views of every example.
  ///
  /// - Parameters:
  ///   - first: Embeddings of one view, `[N, D]`, of any norm.
  ///   - second: Embeddings of the other, `[N, D]`, in the same order.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor {
    decoupledContrast(first, second, temperature) { cosines in
      2 - (cosines / sigma).softmax(along: 0) * Double(cosines.count)
    }
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "dclw", summary: "DCL with more weight on pairs that are still far apart",
    needs: [.pairs],
    formula: formula,
    variants: [.paper: formula, .lightly: formula],
    source: "Yeh et al. Decoupled Contrastive Learning. ECCV 2022, <https://arxiv.org/abs/2110.06848>",
    parameters: [
      .init("temperature", standard: DCLWLoss().temperature, "the divisor τ of the cosines", origin: "the authors'"),
      .init("sigma", standard: DCLWLoss().sigma, "the divisor σ within the weights", origin: "the authors'"),
    ])

  private static let formula =
    "1/2N · Σᵢ [ −wᵢ·zᵢ·zₚ₍ᵢ₎/τ + log Σ_{k ≠ i, p(i)} exp(zᵢ·zₖ/τ) ]   wᵢ = 2 − exp(zᵢ·zₚ₍ᵢ₎/σ) / mean exp(zⱼ·zₚ₍ⱼ₎/σ)"
}
