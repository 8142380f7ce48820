import Basics
public import Images

/// The colour emoji of this machine: thousands of real pictures with names, keywords and classes, without a download.
///
/// It holds every fully qualified emoji that the font draws as one picture. Images are square, three channels, on
/// white, in the font's own size (136×136 for Noto Color Emoji), drawn when they are asked for.
///
/// Emoji with a common `EmojiBase` are either all learned from or all measured on. A fifth of the bases is for
/// measuring, chosen by a hash of the base, so that new emoji never change the side of old ones.
public struct EmojiSource: ImageSource {
  /// The emoji, in the order of Unicode's own list.
  public let emoji: [Emoji]

  /// `emoji`, or `emoji:plain` without skin tones.
  public let name: String

  /// A hash of the font's version and of all that is known of the emoji.
  public let identity: String

  /// `group` and `subgroup`, as Unicode's list has them; none where that list is missing.
  public let labelings: [Labeling]

  /// Four fifths of the bases to learn from, one fifth to measure on.
  public let split: Split

  private let typeface: Typeface

  /// Opens the emoji of this machine.
  ///
  /// - Parameters:
  ///   - skinTones: Whether the variants of an emoji in the five skin tones are items, too.
  ///   - typeface: A colour emoji font; the system's own unless told.
  /// - Throws: `InputError` that names a package to install when the machine has no colour emoji font.
  public init(skinTones: Bool = true, typeface: Typeface? = nil) throws {
    try self.init(EmojiTable.ofThisMachine(), skinTones: skinTones, typeface: typeface ?? .systemEmoji())
  }

  /// Opens those emoji of a table that a font can draw.
  init(_ table: [Emoji], skinTones: Bool, typeface: Typeface) throws {
    let emoji = table.filter { (skinTones || !$0.hasSkinTone) && typeface.canDraw(emoji: $0.text) }
    if emoji.isEmpty {
      throw InputError(
        in: typeface.path, "draws none of the \(table.count) emoji",
        remedy: "install a colour emoji font with bitmaps (Debian, Ubuntu: apt install fonts-noto-color-emoji)")
    }
    self.emoji = emoji
    self.typeface = typeface
    name = skinTones ? "emoji" : "emoji:plain"
    labelings = [
      Labeling(name: "group", naming: emoji.map(\.group)), Labeling(name: "subgroup", naming: emoji.map(\.subgroup)),
    ]
    .filter { !$0.classes.isEmpty }
    let measured = emoji.map { Self.isMeasured(EmojiBase(of: $0.text)) }
    split = Split(train: emoji.indices.filter { !measured[$0] }, test: emoji.indices.filter { measured[$0] })

    var hash = StableHash()
    hash.combine(Int(typeface.checksum))
    for emoji in emoji {
      for text in [emoji.text, emoji.name, emoji.group ?? "", emoji.subgroup ?? ""] + emoji.keywords {
        hash.combine(text)
      }
    }
    // Bases that change move items to the other side: that is other data, too.
    for item in split.test { hash.combine(item) }
    identity = "\(name) \(emoji.count) \(hash.text)"
  }

  /// The number of emoji.
  public var count: Int { emoji.count }

  /// The name of an emoji.
  public func title(of item: Int) -> String { emoji[item].name }

  /// The name, and every keyword.
  public func captions(of item: Int) -> [Caption] {
    [Caption(emoji[item].name)] + emoji[item].keywords.map { Caption($0, role: .keyword) }
  }

  /// Draws an emoji, in about half a millisecond.
  public func image(of item: Int) throws -> Image {
    guard let image = typeface.image(ofEmoji: emoji[item].text) else {
      throw InputError(
        in: typeface.path, "has a damaged picture of “\(emoji[item].name)”", remedy: "install the font again")
    }
    return image
  }

  /// Whether the emoji of a base are for measuring: the share of bases, and the draw that must never change.
  private static func isMeasured(_ base: EmojiBase) -> Bool {
    var random = RandomStream(seed: StableHash(base.key).value)
    return random.chance(0.2)
  }
}
