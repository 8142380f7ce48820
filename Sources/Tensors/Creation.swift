import CTorch

private let fullOperator = Operator("full")
private let arangeOperator = Operator("arange", "start_step")
private let toOperator = Operator("to", "dtype_layout")
private let catOperator = Operator("cat")
private let stackOperator = Operator("stack")
private let eyeOperator = Operator("eye")

extension Tensor {
  /// Creates a tensor on the processor from values in row-major order.
  public init<Element: TensorElement>(_ values: [Element], shape: [Int]) {
    precondition(
      values.count == shape.reduce(1, *),
      "a tensor of shape \(shape) takes \(shape.reduce(1, *)) values, got \(values.count)")
    self = values.withUnsafeBytes { Tensor(bytes: $0, shape: shape, type: Element.dataType) }
  }

  /// Creates a vector on the processor.
  public init<Element: TensorElement>(_ values: [Element]) {
    self.init(values, shape: [values.count])
  }

  /// Creates a scalar, `[]`.
  public init(_ value: Double, type: DataType = .float32, on device: Device = .cpu) {
    self = .full([], value, type: type, on: device)
  }

  /// Creates a tensor on the processor from the bytes of its elements in row-major order.
  public init(bytes: UnsafeRawBufferPointer, shape: [Int], type: DataType) {
    var result: CTTensor?
    let failure = shape.map(Int64.init).withUnsafeBufferPointer {
      ct_tensor_copying(bytes.baseAddress, bytes.count, $0.baseAddress, $0.count, type.code, &result)
    }
    Engine.require(failure, "a tensor of shape \(shape)")
    self.init(owning: result!)
  }

  /// Creates a tensor over memory that an object keeps; nobody may write to it while the tensor lives.
  package init(borrowing bytes: UnsafeRawPointer, shape: [Int], type: DataType, keptBy owner: AnyObject) {
    var result: CTTensor?
    let failure = shape.map(Int64.init).withUnsafeBufferPointer {
      ct_tensor_borrowing(
        UnsafeMutableRawPointer(mutating: bytes), $0.baseAddress, $0.count, type.code,
        Unmanaged.passRetained(owner).toOpaque(), { Unmanaged<AnyObject>.fromOpaque($0!).release() }, &result)
    }
    Engine.require(failure, "a tensor of shape \(shape)")
    self.init(owning: result!)
  }

  /// Returns a tensor of one value.
  public static func full(
    _ shape: [Int], _ value: Double, type: DataType = .float32, on device: Device = .cpu
  ) -> Tensor {
    fullOperator(.ints(shape), .double(value), .type(type), .none, .device(device))
  }

  /// Returns a tensor of zeros.
  public static func zeros(_ shape: [Int], type: DataType = .float32, on device: Device = .cpu) -> Tensor {
    full(shape, 0, type: type, on: device)
  }

  /// Returns a tensor of ones.
  public static func ones(_ shape: [Int], type: DataType = .float32, on device: Device = .cpu) -> Tensor {
    full(shape, 1, type: type, on: device)
  }

  /// Returns the integers of a range as an `int64` vector.
  public static func range(_ range: Range<Int>, on device: Device = .cpu) -> Tensor {
    arangeOperator(
      .int(range.lowerBound), .int(range.upperBound), .int(1), .type(.int64), .none, .device(device))
  }

  /// Returns the identity matrix, `[n, n]`.
  public static func identity(_ n: Int, type: DataType = .float32, on device: Device = .cpu) -> Tensor {
    eyeOperator(.int(n), .type(type), .none, .device(device))
  }

  /// Returns tensors joined along an existing dimension.
  public static func concatenation(_ tensors: [Tensor], along dimension: Int = 0) -> Tensor {
    catOperator(.tensors(tensors), .int(dimension))
  }

  /// Returns tensors of one shape joined along a new dimension.
  public static func stack(_ tensors: [Tensor], along dimension: Int = 0) -> Tensor {
    stackOperator(.tensors(tensors), .int(dimension))
  }

  /// Returns the tensor with another element type, itself when it has that type.
  public func to(_ type: DataType) -> Tensor {
    type == self.type ? self : toOperator(.tensor(self), .type(type))
  }

  /// Returns the tensor on another device, itself when it lies there.
  public func to(_ device: Device) -> Tensor {
    device == self.device ? self : toOperator(.tensor(self), .none, .none, .device(device))
  }
}

extension Tensor {
  /// Returns the elements in row-major order, converted to the given type.
  public func values<Element: TensorElement>(as type: Element.Type) -> [Element] {
    let plain = detached().to(.cpu).to(Element.dataType).contiguous()
    return plain.withBytes { Array($0.bindMemory(to: Element.self)) }
  }

  /// Returns the only element of the tensor.
  public func item() -> Double {
    precondition(count == 1, "item() takes a tensor of one element, got shape \(shape)")
    return values(as: Double.self)[0]
  }

  /// Calls a closure with the bytes of the elements in row-major order.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    let plain = detached().to(.cpu).contiguous()
    return try withExtendedLifetime(plain) {
      try body(UnsafeRawBufferPointer(start: ct_bytes(plain.handle.pointer), count: plain.count * plain.type.byteCount))
    }
  }
}
