import Basics
public import Tensors

/// NT-Xent corrected for negatives that are, unknown to anyone, of the anchor's own class.
///
/// Of two views of *N* examples, 2*N* rows *z* of unit length, *K* = 2*N* − 2 negatives each, and the prior τ⁺ that a
/// random row is of the anchor's class:
///
///     loss = 1/2N · Σᵢ −log( eᵢ⁺ / (eᵢ⁺ + Gᵢ) )          eᵢ⁺ = exp(zᵢ·zₚ₍ᵢ₎/t)
///     Gᵢ   = max( (Σₖ exp(zᵢ·zₖ/t) − K·τ⁺·eᵢ⁺) / (1 − τ⁺),  K·exp(−1/t) )
///
/// The lower bound is the least that *K* negatives can sum up to; where it holds, negatives have no gradient. With
/// τ⁺ = 0 this is NT-Xent. Everything is computed in logarithms, so that a temperature of 0.001 is no trouble.
///
/// Memory: O(*N*·*D*) beyond one tile of `Comparison`.
///
/// Source: Chuang, Robinson, Lin, Torralba, Jegelka. "Debiased Contrastive Learning." NeurIPS 2020, equations 7 and 8.
/// <https://arxiv.org/abs/2007.00224>
public struct DebiasedContrastiveLoss: Hashable, Sendable {
  /// The divisor *t* of the cosines.
  public let temperature: Double
  /// How likely a random row is of the anchor's class, τ⁺.
  public let prior: Double

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - temperature: A positive number; 0.5 is the authors'.
  ///   - prior: From 0 to below 1; 0.1, one over the number of classes, is the authors' for CIFAR-10.
  public init(temperature: Double = 0.5, prior: Double = 0.1) {
    precondition(temperature > 0, "temperature must be positive, not \(temperature)")
    precondition((0..<1).contains(prior), "the prior must be at least 0 and below 1, not \(prior)")
    self.temperature = temperature
    self.prior = prior
  }

  /// Returns the loss of two views of every example.
  ///
  /// - Parameters:
  ///   - first: Embeddings of one view, `[N, D]`, of any norm.
  ///   - second: Embeddings of the other, `[N, D]`, in the same order.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`; 0 for a batch of one.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor {
    correctedContrast(first, second, temperature, prior: prior) { $0.reduced(.logSumExp(over: .negatives)) }
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "debiased", summary: "NT-Xent, corrected for negatives that are of the anchor's class",
    needs: [.pairs],
    formula:
      "1/2N · Σᵢ −log( e⁺ / (e⁺ + max((Σₖ exp(zᵢ·zₖ/t) − K·τ⁺·e⁺)/(1 − τ⁺), K·exp(−1/t))) )   e⁺ = exp(zᵢ·zₚ₍ᵢ₎/t)",
    source: "Chuang et al. Debiased Contrastive Learning. NeurIPS 2020, <https://arxiv.org/abs/2007.00224>",
    parameters: [
      .init(
        "temperature", standard: DebiasedContrastiveLoss().temperature, "the divisor t of the cosines",
        origin: "the authors'"),
      .init(
        "prior", standard: DebiasedContrastiveLoss().prior, "how likely a random row is of the anchor's class, τ⁺",
        origin: "the authors', for CIFAR-10"),
    ])
}

/// The mean over all rows of both views of −log(e⁺ / (e⁺ + G)), with *G* the negatives' sum corrected for those of the
/// anchor's own class.
///
/// - Parameter negatives: log of the negatives' sum before correction, `[2N]`.
func correctedContrast(
  _ first: Tensor, _ second: Tensor, _ temperature: Double, prior: Double, negatives: (Comparison) -> Tensor
) -> Tensor {
  precondition(first.shape == second.shape, "views of one shape expected, got \(first.shape), \(second.shape)")
  let z = Tensor.concatenation([first, second]).normalized()
  let n = first.shape[0]
  let cosines = (z[0..<n] * z[n..<2 * n]).sum(-1)
  let count = 2 * n - 2
  guard count > 0 else { return (cosines * 0).sum() }
  let comparison = Comparison(anchors: z, candidates: z, relation: .views(2), scale: 1 / temperature)
  let sums = negatives(comparison)  // log Σ: [2N]
  let positives = (Tensor.concatenation([cosines, cosines]) / temperature).to(sums.type)
  let bound = Double.log(Double(count)) - 1 / temperature
  var corrected = sums
  if prior > 0 {
    // log(Σ − K·τ⁺·e⁺) = log Σ + log(1 − K·τ⁺·e⁺/Σ). Where that is below the bound, the number is not needed: the
    // exponent is held at 0 there so that it cannot overflow, and the difference above 0.
    let share = (positives - sums + Double.log(Double(count) * prior)).clamped(max: 0).exp()
    corrected = sums + (1 - share).clamped(min: 1e-30).log() - Double.log(1 - prior)
  }
  let total = Tensor.maximum(corrected, .full([], bound, type: sums.type, on: sums.device))
  return comparison.mean((total - positives).softplusExact())
}
