/// One emoji and what is known of it.
public struct Emoji: Hashable, Sendable {
  /// The sequence of scalars, fully qualified: `👩🏽‍🚀`.
  public let text: String

  /// Its name in English, as Unicode gives it: `woman astronaut: medium skin tone`.
  public let name: String

  /// Words that people look for it by, without the name.
  public var keywords: [String]

  /// The group that Unicode puts it in, such as `People & Body`; nil where the files that say so are missing.
  public let group: String?

  /// The part of the group, such as `person-role`; nil where the files that say so are missing.
  public let subgroup: String?

  /// Creates an emoji.
  public init(_ text: String, name: String, keywords: [String] = [], group: String? = nil, subgroup: String? = nil) {
    self.text = text
    self.name = name
    self.keywords = keywords
    self.group = group
    self.subgroup = subgroup
  }

  /// Whether a skin tone was chosen in it.
  public var hasSkinTone: Bool {
    text.unicodeScalars.contains { (0x1F3FB...0x1F3FF).contains($0.value) }
  }
}
