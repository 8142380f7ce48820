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
/// A run that stays at log(2*N* − 1) has collapsed: every row is the same vector.
///
/// Memory: O(*N*·*D*) beyond one tile of `Comparison`; the 2*N* × 2*N* similarities are never held at once.
///
/// Source: Chen, Kornblith, Norouzi, Hinton. "A Simple Framework for Contrastive Learning of Visual
/// Representations." ICML 2020, equation 1 and algorithm 1. <https://arxiv.org/abs/2002.05709>
public struct NTXentLoss: Hashable, Sendable {
  /// The divisor τ of the cosine similarities: the lower, the more the hardest negatives weigh.
  public let temperature: Double

  /// Creates a loss that divides similarities by the given temperature.
  ///
  /// - Parameter temperature: A positive number. The authors train with 0.5 on CIFAR-10 and 0.1 on ImageNet.
  public init(temperature: Double = 0.5) {
    precondition(temperature > 0, "temperature must be positive, not \(temperature)")
    self.temperature = temperature
  }

  /// Returns the loss of a batch, averaged over all rows of all views.
  ///
  /// - Parameter views: Embeddings of two or more views of every example, `[N, D]` each, of any norm, in one order.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ views: [Tensor]) -> Tensor {
    precondition(
      views.allSatisfy { $0.shape == views[0].shape }, "views of one shape expected, got \(views.map(\.shape))")
    let z = Tensor.concatenation(views).normalized()  // [views·N, D], float32 even under autocast
    let comparison = Comparison(anchors: z, candidates: z, relation: .views(views.count), scale: 1 / temperature)
    let (denominator, positives) = comparison.reduced(.logSumExp(over: .compared), .mean(over: .positives))
    return comparison.mean(denominator - positives)
  }

  /// Returns the loss of two views of every example, `[N, D]` each.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor { self([first, second]) }
}
