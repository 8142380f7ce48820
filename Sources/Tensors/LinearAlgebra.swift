private let matmulOperator = Operator("matmul")
private let mmToTypeOperator = Operator("mm", "dtype")
private let linearOperator = Operator("linear")
private let svdvalsOperator = Operator("linalg_svdvals")
private let eighOperator = Operator("linalg_eigh")
private let cdistOperator = Operator("cdist")
private let qrOperator = Operator("linalg_qr")
private let solveOperator = Operator("linalg_solve")

extension Tensor {
  /// The matrix product `[…, n, k]` × `[…, k, m]` → `[…, n, m]`.
  public func matrixProduct(_ other: Tensor) -> Tensor { matmulOperator(.tensor(self), .tensor(other)) }

  /// The product `[n, k]` × `[k, m]` → `[n, m]` of `bfloat16` or `float16` matrices, summed and given in `float32`: on
  /// CUDA alone, libtorch has it nowhere else.
  package func matrixProductInSinglePrecision(_ other: Tensor) -> Tensor {
    mmToTypeOperator(.tensor(self), .tensor(other), .type(.float32))
  }

  /// x·Wᵀ + b for x `[…, in]`, W `[out, in]`, b `[out]`.
  public func linear(_ weight: Tensor, bias: Tensor? = nil) -> Tensor {
    if FusedLinear.isFaster(for: self, weight, bias) { return FusedLinear.apply(self, weight, bias, .nothing) }
    return linearOperator(.tensor(self), .tensor(weight), .optional(bias))
  }

  /// The singular values of a matrix, descending.
  public func singularValues() -> Tensor { svdvalsOperator(.tensor(self)) }

  /// The eigenvalues, ascending, and the eigenvectors, in columns, of a symmetric matrix.
  public func symmetricEigen() -> (values: Tensor, vectors: Tensor) {
    let results = eighOperator.tensors(.tensor(self), capacity: 2)
    return (results[0]!, results[1]!)
  }

  /// Q `[m, k]` with orthonormal columns and the upper triangle R `[k, n]` whose product is this matrix `[m, n]`, with
  /// *k* the lesser of *m* and *n*.
  public func orthogonalTriangular() -> (q: Tensor, r: Tensor) {
    let results = qrOperator.tensors(.tensor(self), .string("reduced"), capacity: 2)
    return (results[0]!, results[1]!)
  }

  /// The Euclidean distances between the rows of `[N, D]` and `[M, D]`: `[N, M]`.
  public func distances(to other: Tensor) -> Tensor { cdistOperator(.tensor(self), .tensor(other)) }

  /// The X that solves A·X = B, for this square matrix A.
  public func solving(_ b: Tensor) -> Tensor { solveOperator(.tensor(self), .tensor(b)) }
}
