public import Tensors

extension Comparison {
  /// The precision of comparisons that are not told: `float32` outside of `withTiles`.
  @TaskLocal static var standardPrecision = Precision.float32

  /// Runs a body in which comparisons have a precision, those that losses make among them.
  ///
  ///     let loss = Comparison.withTiles(in: .bfloat16) { NTXentLoss(temperature: 0.5)(first, second) }
  ///
  /// The way back of such a loss has it too, wherever it is asked for.
  public static func withTiles<Result>(in precision: Precision, _ body: () throws -> Result) rethrows -> Result {
    try $standardPrecision.withValue(precision) { try body() }
  }
}

extension Problem {
  /// A factor as products take it.
  func rounded(_ x: Tensor) -> Tensor { precision == .float32 ? x : x.to(.bfloat16).to(type) }

  /// The product of two matrices whose elements are rounded as the precision says, summed in the tiles' type.
  func product(_ a: Tensor, _ b: Tensor) -> Tensor {
    switch precision {
    case .float32: a.matrixProduct(b)
    case .bfloat16 where device.kind == .cuda && type == .float32:
      a.to(.bfloat16).matrixProductInSinglePrecision(b.to(.bfloat16))
    case .bfloat16: rounded(a).matrixProduct(rounded(b))
    }
  }
}
