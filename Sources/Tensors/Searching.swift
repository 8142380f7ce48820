private let searchSortedOperator = Operator("searchsorted", "Tensor")
private let nonZeroOperator = Operator("nonzero")
private let scatterAddOperator = Operator("scatter_add")

extension Tensor {
  /// For every value, how many elements of this tensor, which is sorted along its last dimension, are below it.
  ///
  /// - Parameters:
  ///   - values: Of this tensor's shape but for the last dimension.
  ///   - orEqual: Whether elements equal to the value count too.
  /// - Returns: `int64`, in the values' shape.
  public func counts(below values: Tensor, orEqual: Bool = false) -> Tensor {
    searchSortedOperator(
      .tensor(detached().contiguous()), .tensor(values.detached().contiguous()), .bool(false), .bool(orEqual))
  }

  /// Where elements are not 0 (or true): one row of indices each, in order, `int64`, `[K, rank]`.
  public func nonZeroIndices() -> Tensor { nonZeroOperator(.tensor(self)) }

  /// The tensor with values added to it along a dimension: an index may occur any number of times.
  ///
  /// - Parameters:
  ///   - values: Of this tensor's rank.
  ///   - indices: Where along the dimension each value goes, `int64`, in the values' shape.
  public func adding(_ values: Tensor, at indices: Tensor, along dimension: Int) -> Tensor {
    scatterAddOperator(.tensor(self), .int(dimension), .tensor(indices), .tensor(values))
  }
}
