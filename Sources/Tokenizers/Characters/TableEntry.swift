/// One entry of a table in `CharacterTables`: `A`, `A-B` or `A-B/step`, and behind `=` what belongs to these characters.
struct TableEntry {
  /// The first and the last character.
  private(set) var first: UInt32 = 0, last: UInt32 = 0
  /// How far characters are apart.
  private(set) var step: UInt32 = 1
  /// What belongs to the characters, joined by `+`; nothing in a table that only lists.
  private(set) var values: [UInt32] = []

  /// The characters of the entry.
  var scalars: StrideThrough<UInt32> { stride(from: first, through: last, by: Int(step)) }

  /// Calls a closure with every entry of a table.
  static func forEach(in table: StaticString, _ body: (TableEntry) -> Void) {
    let bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
    for part in bytes.split(separator: UInt8(ascii: " ")) { body(TableEntry(part)) }
  }

  private init(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
    var (number, sign): (UInt32, UInt8) = (0, 0)
    func isEnd(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2F || byte == 0x3D || byte == 0x2B }  // - / = +
    func digit(_ byte: UInt8) -> UInt32 { UInt32(byte < 0x41 ? byte - 0x30 : byte - 0x41 + 10) }
    for place in text.startIndex...text.endIndex {
      if place < text.endIndex, !isEnd(text[place]) {
        number = number << 4 | digit(text[place])
        continue
      }
      switch sign {
      case 0: (first, last) = (number, number)
      case UInt8(ascii: "-"): last = number
      case UInt8(ascii: "/"): step = number
      default: values.append(number)
      }
      if place < text.endIndex { (number, sign) = (0, text[place]) }
    }
  }
}
