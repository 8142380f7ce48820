/// Where the values of one JSON object lie in bytes, found without making them.
///
/// A manifest's row is looked at often and of few of its fields something is wanted: names and values stay ranges of
/// bytes until one is asked for. All of the object is checked to be JSON on the way.
///
/// Source: Bray. "The JavaScript Object Notation (JSON) Data Interchange Format." RFC 8259.
package struct JSONScanner {
  /// What a value is, by its first byte.
  package enum Kind {
    case text, number, word, array, object
  }

  /// A member of the object: its name and value, quotes and brackets included.
  package struct Member {
    /// Where the name lies, quotes included.
    package var name: Range<Int>
    /// Where the value lies, quotes or brackets included.
    package var value: Range<Int>
    /// What the value is.
    package var kind: Kind
  }

  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  private let end: Int

  private init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// The members of the object that a range of bytes holds, or nil when it is no object or no JSON.
  package static func members(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> [Member]? {
    var scanner = JSONScanner(bytes, range)
    var members: [Member] = []
    members.reserveCapacity(12)
    guard scanner.object(depth: 0, { members.append($0) }), scanner.next() == nil else { return nil }
    return members
  }

  /// The ranges of an array's elements; empty for what is no array.
  package static func elements(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> [(
    range: Range<Int>, kind: Kind
  )] {
    var scanner = JSONScanner(bytes, range)
    var elements: [(Range<Int>, Kind)] = []
    return scanner.array(depth: 0) { elements.append(($0, $1)) } ? elements : []
  }

  /// The next byte that is no space, which stays the next one.
  private mutating func next() -> UInt8? {
    while position < end {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    position += 1
    return true
  }

  private mutating func object(depth: Int, _ body: (Member) -> Void) -> Bool {
    guard take(UInt8(ascii: "{")) else { return false }
    if take(UInt8(ascii: "}")) { return true }
    repeat {
      guard next() == UInt8(ascii: "\"") else { return false }
      let name = position
      guard string() else { return false }
      let nameEnd = position
      guard take(UInt8(ascii: ":")), next() != nil else { return false }
      let start = position
      guard let kind = value(depth: depth + 1) else { return false }
      body(Member(name: name..<nameEnd, value: start..<position, kind: kind))
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}"))
  }

  private mutating func array(depth: Int, _ body: (Range<Int>, Kind) -> Void) -> Bool {
    guard take(UInt8(ascii: "[")) else { return false }
    if take(UInt8(ascii: "]")) { return true }
    repeat {
      guard next() != nil else { return false }
      let start = position
      guard let kind = value(depth: depth + 1) else { return false }
      body(start..<position, kind)
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]"))
  }

  private mutating func value(depth: Int) -> Kind? {
    // Deeper than any table; a file of brackets must not end the process.
    guard depth < 64, let first = next() else { return nil }
    switch first {
    case UInt8(ascii: "\""): return string() ? .text : nil
    case UInt8(ascii: "{"): return object(depth: depth) { _ in } ? .object : nil
    case UInt8(ascii: "["): return array(depth: depth) { _, _ in } ? .array : nil
    default: break
    }
    let start = position
    while position < end, Self.isPlain(bytes[position]) { position += 1 }
    let text = bytes[start..<position]
    // NaN is no JSON, but what Python writes for a missing number.
    if ["null", "true", "false", "NaN"].contains(where: { text.elementsEqual($0.utf8) }) { return .word }
    return !text.isEmpty && Double(String(decoding: text, as: UTF8.self)) != nil ? .number : nil
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Passes over a string, whose first quote is the next byte.
  private mutating func string() -> Bool {
    position += 1
    while position < end {
      let byte = bytes[position]
      position += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte < 0x20 { return false }
    }
    return false
  }
}

extension JSONScanner {
  /// The text of a string's range, quotes included, its escapes resolved. What is no UTF-8 becomes U+FFFD.
  package static func text(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
    String(decoding: utf8(in: bytes, range), as: UTF8.self)
  }

  /// The bytes of a string's range, quotes included, its escapes resolved: for names that differ in their bytes alone,
  /// which are one to `String` where Unicode takes them for the same text.
  package static func utf8(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> [UInt8] {
    let inner = UnsafeRawBufferPointer(rebasing: bytes[(range.lowerBound + 1)..<(range.upperBound - 1)])
    guard inner.contains(UInt8(ascii: "\\")) else { return Array(inner) }
    var text: [UInt8] = []
    text.reserveCapacity(inner.count)
    var position = 0
    func hexadecimal(_ start: Int) -> UInt32? {
      guard start + 4 <= inner.count else { return nil }
      return UInt32(String(decoding: inner[start..<(start + 4)], as: UTF8.self), radix: 16)
    }
    while position < inner.count {
      guard inner[position] == UInt8(ascii: "\\"), position + 1 < inner.count else {
        text.append(inner[position])
        position += 1
        continue
      }
      let escape = inner[position + 1]
      position += 2
      switch escape {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "u"):
        var value = hexadecimal(position) ?? 0xFFFD
        position = min(position + 4, inner.count)
        // A scalar beyond U+FFFF comes as two surrogates.
        if 0xD800..<0xDC00 ~= value, position + 6 <= inner.count, inner[position] == UInt8(ascii: "\\"),
          let low = hexadecimal(position + 2), 0xDC00..<0xE000 ~= low
        {
          value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          position += 6
        }
        text.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
      default: text.append(escape)
      }
    }
    return text
  }
}
