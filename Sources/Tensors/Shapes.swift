private let reshapeOperator = Operator("reshape")
private let permuteOperator = Operator("permute")
private let transposeOperator = Operator("transpose", "int")
private let unsqueezeOperator = Operator("unsqueeze")
private let squeezeOperator = Operator("squeeze", "dim")
private let expandOperator = Operator("expand")
private let contiguousOperator = Operator("contiguous")
private let sliceOperator = Operator("slice", "Tensor")
private let selectOperator = Operator("select", "int")
private let indexSelectOperator = Operator("index_select")
private let gatherOperator = Operator("gather")
private let flattenOperator = Operator("flatten", "using_ints")
private let cloneOperator = Operator("clone")
private let rollOperator = Operator("roll")
private let tensorSplitOperator = Operator("split", "Tensor")
private let trilOperator = Operator("tril")

/// How the elements of a batch of images lie in memory.
public enum MemoryFormat: Hashable, Sendable {
  /// Row-major, `[N, C, H, W]` in that order.
  case contiguous
  /// The channels of a pixel side by side, which convolutions in `bfloat16` want; the shape stays `[N, C, H, W]`.
  case channelsLast

  var code: Int { self == .contiguous ? 0 : 2 }
}

extension Tensor {
  /// The same elements in another shape; one length may be −1, to be worked out.
  public func reshaped(_ shape: Int...) -> Tensor { reshaped(to: shape) }

  /// The same elements in another shape; one length may be −1, to be worked out.
  public func reshaped(to shape: [Int]) -> Tensor { reshapeOperator(.tensor(self), .ints(shape)) }

  /// The dimensions in another order.
  public func permuted(_ order: Int...) -> Tensor { permuted(order: order) }

  /// The dimensions in another order.
  public func permuted(order: [Int]) -> Tensor { permuteOperator(.tensor(self), .ints(order)) }

  /// Two dimensions exchanged; the last two unless told.
  public func transposed(_ a: Int = -2, _ b: Int = -1) -> Tensor {
    transposeOperator(.tensor(self), .int(a), .int(b))
  }

  /// A dimension of length 1 put in.
  public func unsqueezed(_ dimension: Int) -> Tensor { unsqueezeOperator(.tensor(self), .int(dimension)) }

  /// A dimension of length 1 taken out.
  public func squeezed(_ dimension: Int) -> Tensor { squeezeOperator(.tensor(self), .int(dimension)) }

  /// Dimensions of length 1 repeated to the given lengths, without taking memory.
  public func expanded(to shape: [Int]) -> Tensor { expandOperator(.tensor(self), .ints(shape)) }

  /// All dimensions from one on joined into one.
  public func flattened(from dimension: Int = 0) -> Tensor { flattenOperator(.tensor(self), .int(dimension)) }

  /// The same tensor with its elements laid out as asked.
  public func contiguous(_ format: MemoryFormat = .contiguous) -> Tensor {
    contiguousOperator(.tensor(self), .int(format.code))
  }

  /// The items of a range along a dimension, sharing memory.
  public func slice(_ range: Range<Int>, along dimension: Int = 0) -> Tensor {
    sliceOperator(.tensor(self), .int(dimension), .int(range.lowerBound), .int(range.upperBound))
  }

  /// One item along the first dimension.
  public subscript(index: Int) -> Tensor { selectOperator(.tensor(self), .int(0), .int(index)) }

  /// A range of items along the first dimension, sharing memory.
  public subscript(range: Range<Int>) -> Tensor { slice(range) }

  /// One item along a dimension.
  public func item(_ index: Int, along dimension: Int) -> Tensor {
    selectOperator(.tensor(self), .int(dimension), .int(index))
  }

  /// The items at the given places along a dimension.
  public func items(at indices: Tensor, along dimension: Int = 0) -> Tensor {
    indexSelectOperator(.tensor(self), .int(dimension), .tensor(indices))
  }

  /// The items at the given places along a dimension.
  public func items(at indices: [Int], along dimension: Int = 0) -> Tensor {
    items(at: Tensor(indices).to(device), along: dimension)
  }

  /// For every place of `indices`, the element at that index along a dimension.
  public func gathered(at indices: Tensor, along dimension: Int) -> Tensor {
    gatherOperator(.tensor(self), .int(dimension), .tensor(indices))
  }

  /// The tensor in parts of equal length along a dimension; the last may be shorter.
  public func split(into length: Int, along dimension: Int = 0) -> [Tensor] {
    let parts = (shape[dimension < 0 ? dimension + rank : dimension] + length - 1) / length
    return tensorSplitOperator.tensors(.tensor(self), .int(length), .int(dimension), capacity: Swift.max(parts, 1))
      .map { $0! }
  }

  /// The items moved along a dimension, those that fall off at the end coming in at the front.
  public func rolled(_ shift: Int, along dimension: Int = 0) -> Tensor {
    rollOperator(.tensor(self), .ints([shift]), .ints([dimension]))
  }

  /// The part of a matrix on and below a diagonal, zero elsewhere.
  public func lowerTriangle(_ diagonal: Int = 0) -> Tensor { trilOperator(.tensor(self), .int(diagonal)) }

  /// A copy with memory of its own.
  public func copy() -> Tensor { cloneOperator(.tensor(self)) }
}
