extension EmojiTable {
  /// All emoji that Swift's own Unicode tables know, for machines without Unicode's files: single scalars, their skin
  /// tones, and the flags of countries. Sequences with joiners, groups and keywords are known from the files alone.
  static func ofTheStandardLibrary() -> [Emoji] {
    var emoji: [Emoji] = []
    for value in UInt32(0xA9)...0x1FAFF {
      guard let scalar = Unicode.Scalar(value), scalar.properties.isEmoji else { continue }
      // Components: letters that make flags, and skin tones by themselves.
      if (0x1F1E6...0x1F1FF).contains(value) || scalar.properties.isEmojiModifier { continue }
      let known = Self.name(of: scalar)
      guard let name = known else { continue }
      let selector = Unicode.Scalar(0xFE0F)!
      emoji.append(Emoji(String(scalar.properties.isEmojiPresentation ? [scalar] : [scalar, selector]), name: name))
      guard scalar.properties.isEmojiModifierBase else { continue }
      for (tone, word) in skinTones {
        emoji.append(Emoji(String([scalar, tone]), name: "\(name): \(word) skin tone"))
      }
    }
    return emoji + flags
  }

  private static func name(of scalar: Unicode.Scalar) -> String? {
    (scalar.properties.nameAlias ?? scalar.properties.name)?.lowercased()
  }

  private static let skinTones: [(Unicode.Scalar, String)] = [
    ("\u{1F3FB}", "light"), ("\u{1F3FC}", "medium-light"), ("\u{1F3FD}", "medium"), ("\u{1F3FE}", "medium-dark"),
    ("\u{1F3FF}", "dark"),
  ]

  /// Every pair of regional indicators; a font draws those that are flags.
  private static var flags: [Emoji] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars)
    return letters.flatMap { first in
      letters.map { second in
        let indicators = [first, second].map { Unicode.Scalar($0.value - 0x41 + 0x1F1E6)! }
        return Emoji(String(indicators), name: "flag: \(first)\(second)")
      }
    }
  }
}
