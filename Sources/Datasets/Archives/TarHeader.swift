/// One block of 512 bytes before a member of a tar archive.
///
/// Read are the old format, POSIX ustar, pax and GNU's extensions for long names and large sizes.
///
/// Source: IEEE Std 1003.1, `pax`, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
struct TarHeader {
  /// The bytes of a header, and what every member's content is filled up to.
  static let blockSize = 512

  /// What follows a header.
  enum Kind {
    /// A file with content.
    case file
    /// The name of the member after it, where that is long.
    case longName
    /// What pax says of the member after it.
    case extended
    /// A link to another member; it has no content.
    case link
    /// A folder, a device, or what only some programs know.
    case other
  }

  let name: String
  let size: Int
  let kind: Kind

  /// Whether a block is filled with zeros, as the end of an archive is.
  static func isEnd(_ block: UnsafeRawBufferPointer) -> Bool {
    block.allSatisfy { $0 == 0 }
  }

  /// Reads a header, or returns nil when its checksum or a number in it is wrong.
  init?(_ block: UnsafeRawBufferPointer) {
    guard block.count == Self.blockSize, let checksum = Self.number(block[148..<156]) else { return nil }
    // The sum of all bytes, its own field counted as spaces; some old programs summed signed bytes.
    var sum = 8 * 0x20
    var signed = 8 * 0x20
    for (place, byte) in block.enumerated() where !(148..<156).contains(place) {
      sum += Int(byte)
      signed += Int(Int8(bitPattern: byte))
    }
    guard checksum == sum || checksum == signed, let size = Self.number(block[124..<136]), size >= 0 else { return nil }
    switch block[156] {
    case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): kind = .file
    case UInt8(ascii: "L"): kind = .longName
    case UInt8(ascii: "x"): kind = .extended
    case UInt8(ascii: "1"), UInt8(ascii: "2"): kind = .link
    default: kind = .other
    }
    // Links may give a size that nothing follows.
    self.size = kind == .link ? 0 : size
    let own = Self.text(block[0..<100])
    // GNU keeps times where ustar keeps the beginning of a long name.
    let isPOSIX = block[257..<263].elementsEqual("ustar\0".utf8)
    let prefix = isPOSIX ? Self.text(block[345..<500]) : ""
    name = prefix.isEmpty ? own : "\(prefix)/\(own)"
  }

  /// Text that ends with a zero or with its field.
  static func text(_ field: some Sequence<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// A number in octal digits, or in binary where the first bit is set.
  private static func number(_ field: Slice<UnsafeRawBufferPointer>) -> Int? {
    if field.first! & 0x80 != 0 {
      var value = Int(field.first! & 0x3F)
      for byte in field.dropFirst() {
        guard value < 1 << 54 else { return nil }
        value = value << 8 | Int(byte)
      }
      return field.first! & 0x40 == 0 ? value : nil
    }
    let digits = text(field).filter { $0 != " " }
    return digits.isEmpty ? 0 : Int(digits, radix: 8)
  }
}
