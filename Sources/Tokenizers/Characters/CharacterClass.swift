/// What a character is to the parts of a tokenizer; it may be several things.
struct CharacterClass: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  /// `\p{L}` of a regular expression.
  static let letter = CharacterClass(rawValue: 1)
  /// `\p{N}` of a regular expression.
  static let number = CharacterClass(rawValue: 2)
  /// `\s` of a regular expression.
  static let space = CharacterClass(rawValue: 4)
  /// Made a word of its own by BERT's pre-tokenizer.
  static let punctuation = CharacterClass(rawValue: 8)
  /// Dropped by BERT's normaliser as no text.
  static let control = CharacterClass(rawValue: 16)
  /// Put between spaces by BERT's normaliser.
  static let ideograph = CharacterClass(rawValue: 32)
  /// Stripped by BERT's normaliser as an accent.
  static let nonspacingMark = CharacterClass(rawValue: 64)
  /// Stripped by the normaliser `StripAccents`.
  static let combiningMark = CharacterClass(rawValue: 128)

  /// The classes of a scalar.
  init(of scalar: UInt32) { self = Self.map[scalar] }

  /// Creates a set of classes from its bits.
  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The classes of all scalars.
  static let map: ScalarMap<CharacterClass> = {
    var map = ScalarMap<CharacterClass>([])
    let tables: [(CharacterClass, StaticString)] = [
      (.letter, CharacterTables.letters), (.number, CharacterTables.numbers), (.space, CharacterTables.spaces),
      (.punctuation, CharacterTables.punctuation), (.control, CharacterTables.controls),
      (.ideograph, CharacterTables.ideographs), (.nonspacingMark, CharacterTables.nonspacingMarks),
      (.combiningMark, CharacterTables.combiningMarks),
    ]
    // Letters first: what whole pages share is then set before pages are divided.
    for (kind, table) in tables {
      TableEntry.forEach(in: table) { entry in
        var first = entry.first
        while first <= entry.last {
          let classes = map[first]
          var last = first
          while last < entry.last, map[last + 1] == classes { last += 1 }
          map.set(first...last, to: classes.union(kind))
          first = last + 1
        }
      }
    }
    return map
  }()
}
