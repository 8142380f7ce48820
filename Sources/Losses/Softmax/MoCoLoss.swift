public import Tensors

/// A query is to find its own key among the keys of earlier batches, which a queue holds.
///
/// For queries *q*, keys *k* and the queue's entries *n*, all of unit length:
///
///     loss = 1/N · Σᵢ −log( exp(qᵢ·kᵢ/τ) / (exp(qᵢ·kᵢ/τ) + Σⱼ exp(qᵢ·nⱼ/τ)) )
///
/// The other keys of the batch are no negatives; they come into the queue after the loss is computed. Keys come from an
/// encoder that follows the trained one slowly and are not differentiated: pass them `detached()`.
///
/// Memory: O((*N* + *K*)·*D*) beyond one tile of `Comparison`.
///
/// Source: He, Fan, Wu, Xie, Girshick. "Momentum Contrast for Unsupervised Visual Representation Learning." CVPR 2020,
/// equation 1 and algorithm 1. <https://arxiv.org/abs/1911.05722>
public struct MoCoLoss: Hashable, Sendable {
  /// The divisor τ of the cosines.
  public let temperature: Double

  /// Creates the loss.
  ///
  /// - Parameter temperature: A positive number. 0.07 is the authors'; the second version of MoCo takes 0.2.
  public init(temperature: Double = 0.07) {
    precondition(temperature > 0, "temperature must be positive, not \(temperature)")
    self.temperature = temperature
  }

  /// Returns the loss of a batch; 0 with an empty queue, where there is nothing to tell the key from.
  ///
  /// - Parameters:
  ///   - queries: `[N, D]`, of any norm.
  ///   - keys: `[N, D]`, of any norm, in the same order.
  ///   - queue: Earlier keys, `[K, D]`, of any norm.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ queries: Tensor, _ keys: Tensor, queue: Tensor) -> Tensor {
    precondition(queries.shape == keys.shape, "a key for every query, got \(queries.shape) and \(keys.shape)")
    let (q, k) = (queries.normalized(), keys.normalized())
    let positives = (q * k).sum(-1) / temperature
    guard queue.shape[0] > 0 else { return (positives * 0).sum() }
    let comparison = Comparison(
      anchors: q, candidates: queue.normalized(), relation: .negatives, scale: 1 / temperature)
    let negatives = comparison.reduced(.logSumExp(over: .negatives))
    return comparison.mean((negatives - positives).softplusExact())
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "moco", summary: "Queries find their keys among those of earlier batches",
    needs: [.pairs],
    formula: formula,
    variants: [.paper: formula, .lightly: formula],
    source: "He et al. Momentum Contrast. CVPR 2020, <https://arxiv.org/abs/1911.05722>",
    parameters: [
      .init(
        "temperature", standard: MoCoLoss().temperature, "the divisor τ of the cosines",
        origin: "the authors', version 1")
    ])

  private static let formula =
    "1/N · Σᵢ −log( exp(qᵢ·kᵢ/τ) / (exp(qᵢ·kᵢ/τ) + Σⱼ exp(qᵢ·nⱼ/τ)) )   n from the queue, all of unit length"
}
