import Basics

/// All emoji, from the Unicode files of the system or from the tables that every Swift program carries.
public enum EmojiTable {
  /// Where systems keep Unicode's data files.
  static let folders = ["/usr/share/unicode", "/usr/local/share/unicode", "/opt/homebrew/share/unicode"]

  /// All emoji in the order of Unicode's own list, with what the system's files say about them; in the order of their
  /// scalars and without groups where those files are missing (Debian: `unicode-data`, `unicode-cldr-core`).
  public static func ofThisMachine() -> [Emoji] {
    for folder in folders {
      if let text = try? Files.text(of: "\(folder)/emoji/emoji-test.txt") {
        let emoji = listed(in: text)
        if !emoji.isEmpty { return adding(annotationsBelow: folder, to: emoji) }
      }
    }
    let emoji = ofTheStandardLibrary()
    for folder in folders where Files.isFolder("\(folder)/cldr") { return adding(annotationsBelow: folder, to: emoji) }
    return emoji
  }

  /// Reads the fully qualified emoji of an `emoji-test.txt`, except those of the group of components.
  ///
  /// A line reads `1F44B 1F3FB ; fully-qualified # 👋🏻 E1.0 waving hand: light skin tone`; lines that begin with
  /// `# group:` and `# subgroup:` hold for those after them.
  static func listed(in text: String) -> [Emoji] {
    var emoji: [Emoji] = []
    var group = ""
    var subgroup = ""
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("# group: ") {
        group = String(line.dropFirst("# group: ".count))
      } else if line.hasPrefix("# subgroup: ") {
        subgroup = String(line.dropFirst("# subgroup: ".count))
      } else if !line.hasPrefix("#"), group != "Component" {
        let fields = line.split(separator: ";", maxSplits: 1)
        guard fields.count == 2 else { continue }
        let remarks = fields[1].split(separator: "#", maxSplits: 1)
        guard remarks.count == 2, remarks[0].split(separator: " ") == ["fully-qualified"] else { continue }
        let scalars = fields[0].split(separator: " ").compactMap { UInt32($0, radix: 16).flatMap(Unicode.Scalar.init) }
        // The picture, the version that brought it, the name.
        let words = remarks[1].split(separator: " ", maxSplits: 2)
        guard !scalars.isEmpty, words.count == 3 else { continue }
        emoji.append(Emoji(String(scalars), name: String(words[2]), group: group, subgroup: subgroup))
      }
    }
    return emoji
  }

  private static func adding(annotationsBelow folder: String, to emoji: [Emoji]) -> [Emoji] {
    var annotations = EmojiAnnotations()
    for file in ["annotations", "annotationsDerived"] {
      if let text = try? Files.text(of: "\(folder)/cldr/common/\(file)/en.xml") { annotations.add(xml: text) }
    }
    return emoji.map { emoji in
      var emoji = emoji
      emoji.keywords = annotations.keywords(of: emoji.text).filter { $0 != emoji.name }
      return emoji
    }
  }
}

extension String {
  /// Creates a text of scalars.
  init(_ scalars: [Unicode.Scalar]) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
