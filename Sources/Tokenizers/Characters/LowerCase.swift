/// The lower case of characters, one at a time: Σ is σ even at the end of a word.
enum LowerCase {
  /// The lower case of every character that has another.
  static let table: [UInt32: [UInt32]] = {
    var table: [UInt32: [UInt32]] = [0x130: [0x69, 0x307]]
    TableEntry.forEach(in: CharacterTables.lowercase) { entry in
      for scalar in entry.scalars { table[scalar] = [entry.values[0] + scalar - entry.first] }
    }
    return table
  }()

  /// The lower case of a character.
  static func of(_ scalar: UInt32) -> [UInt32] { table[scalar] ?? [scalar] }
}
