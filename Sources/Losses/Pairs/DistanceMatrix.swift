import Tensors

extension PairDistance {
  /// The distances of every row of *x* to every row of *y*, of few rows *x*: those that no comparison has.
  ///
  /// - Parameters:
  ///   - x: Prepared rows, `[R, D]`.
  ///   - y: Prepared rows, `[M, D]`.
  /// - Returns: `[R, M]`, as precise as those of `Similarity`.
  func matrix(_ x: Tensor, _ y: Tensor) -> Tensor {
    func values(_ similarity: Similarity, _ x: Tensor, _ y: Tensor) -> Tensor {
      similarity.values(
        of: x.matrixProduct(y.transposed()), norms: (anchors: x.squared().sum(-1), candidates: y.squared().sum(-1)))
    }
    switch self {
    case .euclidean, .normalizedEuclidean: return values(.distance, x, y)
    case .squaredEuclidean, .normalizedSquaredEuclidean: return values(.squaredDistance, x, y)
    case .cosine: return 1 - x.matrixProduct(y.transposed())
    case .signalToNoise:
      // Var(x − y)·(D − 1) is the squared distance of the rows less their means.
      let (x, y) = (x - x.mean(-1, keeping: true), y - y.mean(-1, keeping: true))
      return values(.squaredDistance, x, y) / x.squared().sum(-1, keeping: true)
    case .manhattan: Self.refuseManhattan()
    }
  }

  static func refuseManhattan() -> Never {
    preconditionFailure("distance manhattan is for pairs of rows; losses over all pairs of a batch do not know it")
  }
}
