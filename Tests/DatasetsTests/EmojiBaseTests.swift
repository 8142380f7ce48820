import Testing

@testable import Datasets

@Suite struct EmojiBaseTests {
  /// Rows of emoji that share a base; no base is shared by two rows.
  static let families: [[String]] = [
    ["👋", "👋🏻", "👋🏿"],
    ["🏃", "🏃‍♂️", "🏃🏽‍♀️", "🏃‍➡️", "🏃🏿‍♀️‍➡️"],
    ["🚶", "🚶‍♀️"],
    ["🧑‍🚀", "👩‍🚀", "👨🏾‍🚀"],
    ["🧑‍✈️", "👨‍✈️"],
    ["🧑", "👨", "👩🏽", "👨‍🦰", "👩‍🦲", "🧔", "🧔‍♀️", "👱", "👱🏽‍♂️"],
    ["🧒", "👦", "👧🏿"],
    ["🧓", "👴", "👵"],
    ["👪", "👨‍👩‍👦", "👩‍👧", "👨‍👨‍👧‍👦", "🧑‍🧑‍🧒", "🧑‍🧒‍🧒"],
    ["💏", "👩‍❤️‍💋‍👨", "👨🏻‍❤️‍💋‍👨🏿"],
    ["💑", "👩‍❤️‍👩", "🧑🏻‍❤️‍🧑🏽"],
    ["👫", "👬", "👭", "👭🏽", "🧑‍🤝‍🧑", "👩🏻‍🤝‍👨🏿"],
    ["🤝", "🤝🏽", "🫱🏻‍🫲🏿"],
    ["🫱", "🫲"],
    ["🤴", "👸", "🫅"],
    ["🎅", "🤶"],
    ["🧑‍🎄"],
    ["💃", "🕺🏽"],
    ["⬅️", "➡️"], ["⬆️"], ["⬇️"],
    ["🇩🇪"], ["🇫🇷", "🇨🇵", "🇲🇫"], ["🇩🇰"], ["🇳🇴", "🇸🇯", "🇧🇻"], ["🇮🇴", "🇩🇬"], ["🇪🇸", "🇪🇦"],
    ["🏴"], ["🏴‍☠️"], ["🏴󠁧󠁢󠁳󠁣󠁴󠁿"], ["🏴󠁧󠁢󠁥󠁮󠁧󠁿"], ["🏳️"], ["🏳️‍🌈"],
    ["❤️"], ["❤️‍🔥"], ["💙"],
    ["♀️"], ["♂️"],
    ["1️⃣"], ["2️⃣"], ["🕐"], ["🕑"],
    ["🐈"], ["🐈‍⬛"],
  ]

  @Test func sharesAndKeepsApart() {
    var families: [EmojiBase: Int] = [:]
    for (number, family) in Self.families.enumerated() {
      let bases = Set(family.map(EmojiBase.init(of:)))
      #expect(bases.count == 1, "\(family) has \(bases.map(\.key))")
      for base in bases {
        #expect(families[base] == nil, "\(family) shares \(base.key) with \(Self.families[families[base] ?? 0])")
        families[base] = number
      }
    }
  }

  @Test func namesOfAFamilySayTheSame() throws {
    // An oracle from the names: without their skin tones, and with the words for people made one, names of variants
    // are equal. Wherever two names are equal that way, the bases must be.
    let words: [Substring: String] = [
      "man": "person", "woman": "person", "men": "people", "women": "people", "person": "person",
    ]
    var bases: [String: Set<EmojiBase>] = [:]
    for emoji in EmojiTable.ofThisMachine() where emoji.group != "Flags" {
      let name = emoji.name.prefix { $0 != ":" }.split(separator: " ")
      guard name.contains(where: { words.keys.contains($0) }), name.count > 1 else { continue }
      bases[name.map { words[$0] ?? String($0) }.joined(separator: " "), default: []].insert(EmojiBase(of: emoji.text))
    }
    for (name, bases) in bases { #expect(bases.count == 1, "\(name): \(bases.map(\.key))") }
  }
}
