public import Tensors

/// A learned table of vectors, looked up by index: `[…]` → `[…, size]`.
public struct Embedding {
  /// The table, `[count, size]`.
  public let weight: Parameter

  /// Declares the table.
  public init(_ scope: Scope, count: Int, size: Int, initial: Initializer = .normal(deviation: 1)) {
    weight = scope.parameter("weight", [count, size], initial, .weight)
  }

  /// The vectors at indices of type `int64`.
  public func callAsFunction(_ indices: Tensor) -> Tensor {
    weight.value.rows(at: indices)
  }

  /// The mean vector of every bag of indices: all bags' indices in a row, and where each begins. `[N, size]`.
  public func mean(of indices: Tensor, offsets: Tensor) -> Tensor {
    weight.value.meanOfRows(at: indices, offsets: offsets)
  }
}
