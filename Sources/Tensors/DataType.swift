/// The type of a tensor's elements.
public enum DataType: String, Hashable, Sendable, Codable, CaseIterable {
  /// 8 bits without sign, as pixels are.
  case uint8
  /// 32 bits with sign.
  case int32
  /// 64 bits with sign: indices and labels.
  case int64
  /// IEEE half precision: 5 bits of exponent, 10 of fraction.
  case float16
  /// IEEE single precision.
  case float32
  /// IEEE double precision.
  case float64
  /// A truth value.
  case bool
  /// The upper half of a `float32`: its range, 7 bits of fraction.
  case bfloat16

  /// libtorch's own number for the type (`c10::ScalarType`).
  package var code: Int8 {
    switch self {
    case .uint8: 0
    case .int32: 3
    case .int64: 4
    case .float16: 5
    case .float32: 6
    case .float64: 7
    case .bool: 11
    case .bfloat16: 15
    }
  }

  package init(code: Int8) {
    guard let type = Self.allCases.first(where: { $0.code == code }) else {
      preconditionFailure("libtorch's element type \(code) is not one that Kindred works with")
    }
    self = type
  }

  /// The bytes that an element takes.
  public var byteCount: Int {
    switch self {
    case .uint8, .bool: 1
    case .float16, .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// Whether the type holds fractions.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: true
    case .uint8, .int32, .int64, .bool: false
    }
  }
}

/// A Swift type whose values are elements of a tensor as they lie in memory.
public protocol TensorElement: BitwiseCopyable, Sendable {
  /// The element type that has the same bits.
  static var dataType: DataType { get }
}

extension Float: TensorElement {
  /// Single precision.
  public static var dataType: DataType { .float32 }
}

extension Double: TensorElement {
  /// Double precision.
  public static var dataType: DataType { .float64 }
}

extension Int: TensorElement {
  /// 64-bit integers.
  public static var dataType: DataType { .int64 }
}

extension Int64: TensorElement {
  /// 64-bit integers.
  public static var dataType: DataType { .int64 }
}

extension Int32: TensorElement {
  /// 32-bit integers.
  public static var dataType: DataType { .int32 }
}

extension UInt8: TensorElement {
  /// Bytes.
  public static var dataType: DataType { .uint8 }
}

extension Bool: TensorElement {
  /// Truth values.
  public static var dataType: DataType { .bool }
}
