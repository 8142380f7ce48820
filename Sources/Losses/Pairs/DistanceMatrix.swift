import Tensors

extension PairDistance {
  /// The distances of every row of *x* to every row of *y*, from the product of two matrices.
  ///
  /// Squares are |x|² + |y|² − 2·x·y, not below 0: rows much nearer to each other than to the origin lose digits, with
  /// an error of about ε·(|x|² + |y|²), ε = 6·10⁻⁸ in `float32`. A Euclidean distance of 0 has the gradient 0.
  ///
  /// - Parameters:
  ///   - x: Prepared rows, `[R, D]`.
  ///   - y: Prepared rows, `[M, D]`.
  /// - Returns: `[R, M]`.
  func matrix(_ x: Tensor, _ y: Tensor) -> Tensor {
    switch self {
    case .euclidean, .normalizedEuclidean: return Self.squares(x, y).rootOfSquares()
    case .squaredEuclidean, .normalizedSquaredEuclidean: return Self.squares(x, y)
    case .cosine: return 1 - x.matrixProduct(y.transposed())
    case .signalToNoise:
      // Var(x − y)·(D − 1) is the squared distance of the rows less their means.
      let (x, y) = (x - x.mean(-1, keeping: true), y - y.mean(-1, keeping: true))
      return Self.squares(x, y) / x.squared().sum(-1, keeping: true)
    case .manhattan:
      preconditionFailure("distance manhattan is for pairs of rows; losses over all pairs of a batch do not know it")
    }
  }

  private static func squares(_ x: Tensor, _ y: Tensor) -> Tensor {
    let (xx, yy) = (x.squared().sum(-1, keeping: true), y.squared().sum(-1))
    return (xx + yy - x.matrixProduct(y.transposed()) * 2).relu()
  }
}

extension Tensor {
  /// √x with the gradient 0 at 0, where that of the root is infinite.
  func rootOfSquares() -> Tensor {
    let isZero = self .== 0
    return filled(where: isZero, with: 1).squareRoot().filled(where: isZero, with: 0)
  }
}
