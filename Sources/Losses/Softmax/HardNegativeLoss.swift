public import Tensors

/// Debiased contrast whose negatives weigh more the harder they are.
///
/// As `DebiasedContrastiveLoss`, with the negatives' sum taken under the weights *w* ∝ exp(β·zᵢ·zₖ/t), of mean 1:
///
///     Gᵢ = max( (Σₖ wₖ·exp(zᵢ·zₖ/t) − K·τ⁺·eᵢ⁺) / (1 − τ⁺),  K·exp(−1/t) )
///
/// The weights are differentiated too, as in the authors' code. With β = 0 this is `DebiasedContrastiveLoss`.
///
/// Source: Robinson, Chuang, Sra, Jegelka. "Contrastive Learning with Hard Negative Samples." ICLR 2021, equation 4 and
/// appendix. <https://arxiv.org/abs/2010.04592>
public struct HardNegativeLoss: Hashable, Sendable {
  /// The divisor *t* of the cosines.
  public let temperature: Double
  /// How likely a random row is of the anchor's class, τ⁺.
  public let prior: Double
  /// How much more hard negatives weigh, β.
  public let concentration: Double

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - temperature: A positive number; 0.5 is the authors'.
  ///   - prior: From 0 to below 1; 0.1 is the authors' for CIFAR-10.
  ///   - concentration: At least 0; 1 is the authors' for CIFAR-10.
  public init(temperature: Double = 0.5, prior: Double = 0.1, concentration: Double = 1) {
    precondition(temperature > 0, "temperature must be positive, not \(temperature)")
    precondition((0..<1).contains(prior), "the prior must be at least 0 and below 1, not \(prior)")
    precondition(concentration >= 0, "the concentration must not be negative, got \(concentration)")
    self.temperature = temperature
    self.prior = prior
    self.concentration = concentration
  }

  /// Returns the loss of two views of every example.
  ///
  /// - Parameters:
  ///   - first: Embeddings of one view, `[N, D]`, of any norm.
  ///   - second: Embeddings of the other, `[N, D]`, in the same order.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`; 0 for a batch of one.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor {
    correctedContrast(first, second, temperature, prior: prior) { comparison in
      // Σ wₖ·exp ℓₖ = Σ exp((1 + β)·ℓₖ) / (1/K · Σ exp(β·ℓₖ))
      let (weighed, weights, count) = comparison.reduced(
        .logSumExp(.linear(1 + concentration), over: .negatives),
        .logSumExp(.linear(concentration), over: .negatives), .count(over: .negatives))
      return weighed - weights + count.log()
    }
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "hard-negatives", summary: "Debiased, with more weight on negatives that are near",
    needs: [.pairs],
    formula: "as debiased, with negatives weighed by w ∝ exp(β·zᵢ·zₖ/t), of mean 1",
    source:
      "Robinson et al. Contrastive Learning with Hard Negative Samples. ICLR 2021, <https://arxiv.org/abs/2010.04592>",
    parameters: [
      .init(
        "temperature", standard: HardNegativeLoss().temperature, "the divisor t of the cosines", origin: "the authors'"),
      .init(
        "prior", standard: HardNegativeLoss().prior, "how likely a random row is of the anchor's class, τ⁺",
        origin: "the authors', for CIFAR-10"),
      .init(
        "concentration", standard: HardNegativeLoss().concentration, "how much more hard negatives weigh, β",
        origin: "the authors', for CIFAR-10"),
    ])
}
