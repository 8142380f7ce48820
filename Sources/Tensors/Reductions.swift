private let sumOperator = Operator("sum", "dim_IntList")
private let meanOperator = Operator("mean", "dim")
private let maxOperator = Operator("amax")
private let minOperator = Operator("amin")
private let argmaxOperator = Operator("argmax")
private let varOperator = Operator("var", "correction")
private let logSumExpOperator = Operator("logsumexp")
private let normOperator = Operator("linalg_vector_norm")
private let softmaxOperator = Operator("softmax", "int")
private let logSoftmaxOperator = Operator("log_softmax", "int")
private let allOperator = Operator("all")
private let anyOperator = Operator("any")
private let topkOperator = Operator("topk")
private let cumsumOperator = Operator("cumsum")
private let logCumSumExpOperator = Operator("logcumsumexp")

extension Tensor {
  /// The sum of all elements, or along dimensions.
  public func sum(_ dimensions: Int..., keeping: Bool = false) -> Tensor {
    sumOperator(.tensor(self), .ints(dimensions), .bool(keeping))
  }

  /// The mean of all elements, or along dimensions.
  public func mean(_ dimensions: Int..., keeping: Bool = false) -> Tensor {
    meanOperator(.tensor(self), .ints(dimensions), .bool(keeping))
  }

  /// The largest of all elements, or along dimensions.
  public func max(_ dimensions: Int..., keeping: Bool = false) -> Tensor {
    maxOperator(.tensor(self), .ints(dimensions), .bool(keeping))
  }

  /// The smallest of all elements, or along dimensions.
  public func min(_ dimensions: Int..., keeping: Bool = false) -> Tensor {
    minOperator(.tensor(self), .ints(dimensions), .bool(keeping))
  }

  /// Where the largest element along a dimension lies, as `int64`.
  public func indexOfMax(along dimension: Int) -> Tensor {
    argmaxOperator(.tensor(self), .int(dimension), .bool(false))
  }

  /// The variance along dimensions, divided by the count less `correction`.
  public func variance(_ dimensions: Int..., correction: Int = 0, keeping: Bool = false) -> Tensor {
    varOperator(.tensor(self), .ints(dimensions), .int(correction), .bool(keeping))
  }

  /// log Σ exp of all elements, or along dimensions, computed without overflow.
  public func logSumExp(_ dimensions: Int..., keeping: Bool = false) -> Tensor {
    logSumExpOperator(
      .tensor(self), .ints(dimensions.isEmpty ? Array(0..<rank) : dimensions), .bool(keeping))
  }

  /// The Euclidean norm of all elements, or along dimensions.
  public func norm(_ dimensions: Int..., keeping: Bool = false) -> Tensor {
    normOperator(.tensor(self), .double(2), dimensions.isEmpty ? .none : .ints(dimensions), .bool(keeping))
  }

  /// exp(x) / Σ exp(x) along a dimension.
  public func softmax(along dimension: Int) -> Tensor {
    softmaxOperator(.tensor(self), .int(dimension))
  }

  /// log(exp(x) / Σ exp(x)) along a dimension.
  public func logSoftmax(along dimension: Int) -> Tensor {
    logSoftmaxOperator(.tensor(self), .int(dimension))
  }

  /// Whether all truth values are true.
  public func all() -> Bool { allOperator(.tensor(self)).item() != 0 }

  /// Whether one of the truth values is true.
  public func any() -> Bool { anyOperator(.tensor(self)).item() != 0 }

  /// The *k* largest elements along the last dimension, descending, and where they lie.
  public func largest(_ k: Int) -> (values: Tensor, indices: Tensor) {
    let results = topkOperator.tensors(.tensor(self), .int(k), capacity: 2)
    return (results[0]!, results[1]!)
  }

  /// The elements sorted along the last dimension, and where they lay; equal elements keep their order.
  public func sorted(descending: Bool = false) -> (values: Tensor, indices: Tensor) {
    let results = stableSortOperator.tensors(
      .tensor(self), .bool(true), .int(-1), .bool(descending), capacity: 2)
    return (results[0]!, results[1]!)
  }

  /// The running sum along a dimension.
  public func cumulativeSum(along dimension: Int) -> Tensor {
    cumsumOperator(.tensor(self), .int(dimension))
  }

  /// The running log Σ exp along a dimension, computed without overflow.
  public func cumulativeLogSumExp(along dimension: Int) -> Tensor {
    logCumSumExpOperator(.tensor(self), .int(dimension))
  }

  /// The rows, along the last dimension, scaled to unit length in `float32` or better.
  ///
  /// A row shorter than 10⁻¹² is divided by 10⁻¹² instead, so that a zero row stays zero and has a finite gradient.
  public func normalized() -> Tensor {
    let x = type == .float64 ? self : to(.float32)
    return x / x.norm(-1, keeping: true).clamped(min: 1e-12)
  }
}

private let stableSortOperator = Operator("sort", "stable")
