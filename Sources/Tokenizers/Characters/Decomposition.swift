/// Characters as Unicode's canonical forms take them apart, order them, and put them together.
///
/// Source: Unicode Standard Annex 15, "Unicode Normalization Forms"; The Unicode Standard, section 3.12 for Hangul.
enum Decomposition {
  /// What the full canonical decompositions of characters are, Hangul left out.
  static let table: [UInt32: [UInt32]] = {
    var table: [UInt32: [UInt32]] = [:]
    TableEntry.forEach(in: CharacterTables.decompositions) { table[$0.first] = $0.values }
    return table
  }()

  /// The combining classes of characters: 0 of those that begin a new order.
  static let combiningClasses: ScalarMap<UInt8> = {
    var map = ScalarMap<UInt8>(0)
    TableEntry.forEach(in: CharacterTables.combiningClasses) { map.set($0.first...$0.last, to: UInt8($0.values[0])) }
    return map
  }()

  /// Syllables of Hangul, composed.
  static let hangul: ClosedRange<UInt32> = 0xAC00...0xD7A3

  /// The full decomposition of a character; itself where it has none.
  static func of(_ scalar: UInt32) -> [UInt32] {
    guard hangul.contains(scalar) else { return table[scalar] ?? [scalar] }
    let index = scalar - 0xAC00
    let (lead, vowel, tail) = (0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28)
    return tail == 0x11A7 ? [lead, vowel] : [lead, vowel, tail]
  }
}
