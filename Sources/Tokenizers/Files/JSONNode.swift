import Basics

/// A value of a JSON text, read where it lies: a vocabulary's names stay bytes.
struct JSONNode {
  private let bytes: UnsafeRawBufferPointer
  private let range: Range<Int>
  private let kind: JSONScanner.Kind
  /// The way to the value, for errors.
  let path: String

  /// The object that a whole file is, or nil.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard JSONScanner.members(in: bytes, 0..<bytes.count) != nil else { return nil }
    self.init(bytes, 0..<bytes.count, .object, "")
  }

  private init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ kind: JSONScanner.Kind, _ path: String) {
    (self.bytes, self.range, self.kind, self.path) = (bytes, range, kind, path)
  }

  /// The members of an object; none of anything else.
  var members: [(name: [UInt8], value: JSONNode)] {
    guard kind == .object else { return [] }
    return (JSONScanner.members(in: bytes, range) ?? []).map {
      (JSONScanner.utf8(in: bytes, $0.name), JSONNode(bytes, $0.value, $0.kind, path))
    }
  }

  /// The elements of an array; none of anything else.
  var elements: [JSONNode] {
    guard kind == .array else { return [] }
    return JSONScanner.elements(in: bytes, range).enumerated().map {
      JSONNode(bytes, $1.range, $1.kind, "\(path)[\($0)]")
    }
  }

  /// The member of a name, or nil where there is none or null.
  subscript(_ name: String) -> JSONNode? {
    guard kind == .object, let members = JSONScanner.members(in: bytes, range),
      let member = members.last(where: { JSONScanner.text(in: bytes, $0.name) == name })
    else { return nil }
    let node = JSONNode(bytes, member.value, member.kind, path.isEmpty ? name : "\(path).\(name)")
    return node.isNull ? nil : node
  }

  /// Whether the value is null.
  var isNull: Bool { kind == .word && bytes[range].elementsEqual("null".utf8) }

  /// The bytes of a text, or nil.
  var utf8: [UInt8]? { kind == .text ? JSONScanner.utf8(in: bytes, range) : nil }

  /// A text, or nil.
  var text: String? { kind == .text ? JSONScanner.text(in: bytes, range) : nil }

  /// A whole number, or nil.
  var integer: Int? { kind == .number ? Int(String(decoding: bytes[range], as: UTF8.self)) : nil }

  /// A number, or nil.
  var number: Double? { kind == .number ? Double(String(decoding: bytes[range], as: UTF8.self)) : nil }

  /// A truth value, or nil.
  var truth: Bool? {
    guard kind == .word else { return nil }
    return bytes[range].elementsEqual("true".utf8) ? true : bytes[range].elementsEqual("false".utf8) ? false : nil
  }
}
