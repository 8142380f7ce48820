public import Tensors

/// How far two embeddings are apart.
public enum PairDistance: String, CaseIterable, Hashable, Codable, Sendable {
  /// |x − y|.
  case euclidean
  /// |x − y| of rows scaled to unit length: √(2 − 2·cos).
  case normalizedEuclidean = "normalized-euclidean"
  /// |x − y|².
  case squaredEuclidean = "squared-euclidean"
  /// |x − y|² of rows scaled to unit length: 2 − 2·cos.
  case normalizedSquaredEuclidean = "normalized-squared-euclidean"
  /// Σ |xⱼ − yⱼ|.
  case manhattan
  /// 1 − cos(x, y).
  case cosine
  /// Var(x − y) / Var(x), variances over the *D* elements of rows scaled to unit length: how much of the anchor's
  /// signal *x* is noise. It is not symmetric.
  ///
  /// Source: Yuan, Deng, Tang, Tang, Chen. "Signal-to-Noise Ratio: A Robust Distance Metric for Deep Metric Learning."
  /// CVPR 2019. <https://arxiv.org/abs/1904.02616>
  case signalToNoise = "signal-to-noise"
}

extension PairDistance {
  /// Returns the distances of rows *i* of both.
  ///
  /// The gradient of a Euclidean distance at 0 is taken as 0.
  ///
  /// - Parameters:
  ///   - x: `[N, D]`: anchors.
  ///   - y: `[N, D]`.
  /// - Returns: `[N]`, `float64` where the rows are, `float32` otherwise.
  public func callAsFunction(_ x: Tensor, _ y: Tensor) -> Tensor {
    precondition(x.shape == y.shape && x.rank == 2, "distances of rows take two [N, D], got \(x.shape) and \(y.shape)")
    return ofPrepared(prepared(x), prepared(y))
  }

  /// The distances of rows *i* of both, which are prepared.
  func ofPrepared(_ x: Tensor, _ y: Tensor) -> Tensor {
    switch self {
    case .euclidean, .normalizedEuclidean: (x - y).norm(-1)
    case .squaredEuclidean, .normalizedSquaredEuclidean: (x - y).squared().sum(-1)
    case .manhattan: (x - y).magnitude().sum(-1)
    case .cosine: 1 - (x * y).sum(-1)
    case .signalToNoise: (x - y).variance(-1, correction: 1) / x.variance(-1, correction: 1)
    }
  }

  /// The rows in the type of the sums, and of unit length where this distance wants it.
  func prepared(_ x: Tensor) -> Tensor {
    switch self {
    case .euclidean, .squaredEuclidean, .manhattan: x.type == .float64 ? x : x.to(.float32)
    case .normalizedEuclidean, .normalizedSquaredEuclidean, .cosine, .signalToNoise: x.normalized()
    }
  }
}
