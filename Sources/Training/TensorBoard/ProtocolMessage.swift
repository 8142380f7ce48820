/// A message in the wire format of protocol buffers, put together field by field.
///
/// A field is its number and the kind of its value, packed into one integer, and the value. Integers are written seven
/// bits a byte, the lowest first, with the top bit set on all bytes but the last.
///
/// Source: "Encoding." Protocol Buffers documentation. <https://protobuf.dev/programming-guides/encoding/>
struct ProtocolMessage {
  /// The message so far.
  private(set) var bytes: [UInt8] = []

  private enum Kind: UInt64 {
    case integer = 0
    case eightBytes = 1
    case counted = 2
    case fourBytes = 5
  }

  /// Adds an integer, `int32` or `int64` in a schema.
  mutating func add(_ value: Int, as field: UInt64) {
    addKey(field, .integer)
    addInteger(UInt64(bitPattern: Int64(value)))
  }

  /// Adds a `double`.
  mutating func add(_ value: Double, as field: UInt64) {
    addKey(field, .eightBytes)
    bytes.append(littleEndian: value.bitPattern)
  }

  /// Adds a `float`.
  mutating func add(_ value: Float, as field: UInt64) {
    addKey(field, .fourBytes)
    bytes.append(littleEndian: value.bitPattern)
  }

  /// Adds `bytes`, or a `string` as its UTF-8.
  mutating func add(_ value: [UInt8], as field: UInt64) {
    addKey(field, .counted)
    addInteger(UInt64(value.count))
    bytes += value
  }

  /// Adds a `string`.
  mutating func add(_ value: String, as field: UInt64) {
    add(Array(value.utf8), as: field)
  }

  /// Adds a message that the body puts together.
  mutating func add(as field: UInt64, _ body: (inout ProtocolMessage) -> Void) {
    var message = ProtocolMessage()
    body(&message)
    add(message.bytes, as: field)
  }

  private mutating func addKey(_ field: UInt64, _ kind: Kind) {
    addInteger(field << 3 | kind.rawValue)
  }

  private mutating func addInteger(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

extension [UInt8] {
  /// Appends the bytes of an integer, the lowest first.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
