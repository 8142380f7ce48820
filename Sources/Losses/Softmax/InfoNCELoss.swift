public import Tensors

/// Among many candidates, the one that goes with a context is to be found.
///
/// For contexts *c*, candidates *x* and a temperature τ:
///
///     loss = 1/N · Σᵢ −log( exp(cᵢ·xᵢ/τ) / Σₖ exp(cᵢ·xₖ/τ) )
///
/// *k* goes over all candidates: those of the other contexts, and further ones if there are any, such as hard negatives, a
/// queue or a memory bank. Only contexts look for candidates, not the other way round (`CLIPLoss` does both); a candidate
/// without a context is nobody's positive.
///
/// In the limit of many candidates log *M* − loss is a lower bound of what context and candidate know of each other.
///
/// Memory: O((*N* + *M*)·*D*) beyond one tile of `Comparison`.
///
/// Source: van den Oord, Li, Vinyals. "Representation Learning with Contrastive Predictive Coding." 2018, equation 4;
/// there the similarity is a bilinear form, which a linear layer in front of *c* amounts to.
/// <https://arxiv.org/abs/1807.03748>
public struct InfoNCELoss: Hashable, Sendable {
  /// The divisor τ of the similarities.
  public let temperature: Double
  /// What rows are compared by.
  public let similarity: RowSimilarity

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - temperature: A positive number. 0.07 is that of Wu et al. 2018 and of MoCo; the publication has none, which is 1
  ///     with `.dot`.
  ///   - similarity: What rows are compared by.
  public init(temperature: Double = 0.07, comparing similarity: RowSimilarity = .cosine) {
    precondition(temperature > 0, "temperature must be positive, not \(temperature)")
    self.temperature = temperature
    self.similarity = similarity
  }

  /// Returns the loss of contexts whose candidates have their place.
  ///
  /// - Parameters:
  ///   - contexts: `[N, D]`.
  ///   - candidates: `[M, D]`, M ≥ N: that of context *i* is candidate *i*.
  ///   - negatives: Further candidates, `[K, D]`, which belong to no context.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ contexts: Tensor, _ candidates: Tensor, negatives: Tensor? = nil) -> Tensor {
    loss(contexts, candidates, .aligned, negatives)
  }

  /// Returns the loss of contexts whose candidates are told by number, as those of a memory bank are.
  ///
  /// - Parameters:
  ///   - contexts: `[N, D]`.
  ///   - candidates: `[M, D]`.
  ///   - positives: The number of each context's candidate, `int64`, `[N]`.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ contexts: Tensor, among candidates: Tensor, positives: Tensor) -> Tensor {
    let numbers = Tensor.range(0..<candidates.shape[0], on: positives.device)
    return loss(contexts, candidates, .labels(anchors: positives, candidates: numbers), nil)
  }

  private func loss(_ contexts: Tensor, _ candidates: Tensor, _ relation: Relation, _ negatives: Tensor?) -> Tensor {
    var comparison = Comparison(
      anchors: similarity.prepared(contexts), candidates: similarity.prepared(candidates), relation: relation,
      scale: 1 / temperature)
    if let negatives { comparison = comparison.adding(similarity.prepared(negatives), relation: .negatives) }
    let (denominators, positives) = comparison.reduced(.logSumExp(over: .compared), .mean(over: .positives))
    return comparison.mean(denominators - positives)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "infonce", summary: "Each row finds its partner among the second array's rows",
    needs: [.pairs, .towers],
    formula: "1/N · Σᵢ −log( exp(cᵢ·xᵢ/τ) / Σₖ exp(cᵢ·xₖ/τ) )   c, x of unit length",
    source:
      "van den Oord, Li, Vinyals. Representation Learning with Contrastive Predictive Coding. 2018, <https://arxiv.org/abs/1807.03748>",
    parameters: [
      .init("temperature", standard: InfoNCELoss().temperature, "the divisor τ of the similarities", origin: "MoCo's")
    ])
}
