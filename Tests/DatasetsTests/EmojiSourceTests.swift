import Basics
import Datasets
import Images
import Testing

@Suite struct EmojiSourceTests {
  let source: EmojiSource

  init() throws { source = try EmojiSource() }

  func item(_ emoji: String) throws -> Int {
    try #require(source.emoji.firstIndex { $0.text == emoji }, "\(emoji) is missing")
  }

  @Test func knowsNamesKeywordsAndGroups() throws {
    let fox = try item("🦊")
    #expect(source.title(of: fox) == "fox" || source.emoji[fox].group == nil)
    try #require(source.emoji[fox].group != nil, "without Unicode's files there is nothing more to check")
    #expect(source.captions(of: fox).first == Caption("fox"))
    #expect(source.captions(of: fox).contains(Caption("face", role: .keyword)))
    #expect(source.emoji[fox].group == "Animals & Nature")
    #expect(source.emoji[fox].subgroup == "animal-mammal")
    // Keywords of derived sequences, and of sequences that the files spell without variation selectors.
    #expect(source.emoji[try item("🏃🏽")].keywords.contains("marathon"))
    #expect(source.emoji[try item("❤️‍🔥")].keywords.contains("love"))
    #expect(source.labelings.map(\.name) == ["group", "subgroup"])
    #expect(source.labelings[0].classes.count == 9)
    #expect(!source.labelings[0].classes.contains("Component"))
    let group = try #require(source.labelings[0].labels[fox])
    #expect(source.labelings[0].classes[group] == "Animals & Nature")
  }

  @Test func holdsThousands() throws {
    try #require(source.emoji[0].group != nil)
    #expect(source.count > 3000)
    #expect(source.emoji.filter { $0.subgroup == "country-flag" }.count > 200)
    #expect(source.emoji.filter { $0.subgroup == "family" }.count > 20)
    #expect(Set(source.emoji.map(\.text)).count == source.count)
    let plain = try EmojiSource(skinTones: false)
    #expect(plain.name == "emoji:plain")
    #expect(plain.count > 1500 && plain.count < source.count)
    #expect(plain.emoji.allSatisfy { !$0.hasSkinTone })
    #expect(plain.identity != source.identity)
    #expect(try EmojiSource().identity == source.identity)
  }

  @Test func drawsItsItems() throws {
    for emoji in ["🦊", "🇯🇵", "👩‍👩‍👦", "🤽🏿‍♀️"] {
      let image = try source.image(of: try item(emoji))
      #expect(image.width == image.height)
      #expect(Set(image.pixels).count > 10, "\(emoji) is blank")
    }
  }

  @Test func trainAndTestShareNoBase() throws {
    let train = Set(source.split.train.map { EmojiBase(of: source.emoji[$0].text) })
    let test = Set(source.split.test.map { EmojiBase(of: source.emoji[$0].text) })
    #expect(train.isDisjoint(with: test))
    #expect((source.split.train + source.split.test).sorted() == Array(0..<source.count))
    let share = Double(test.count) / Double(train.count + test.count)
    #expect((0.17...0.23).contains(share), "\(share) of the bases are for measuring")
    // Leaving emoji out never moves another one to the other side.
    let plain = try EmojiSource(skinTones: false)
    #expect(
      Set(plain.split.test.map { plain.emoji[$0].text }).isSubset(of: source.split.test.map { source.emoji[$0].text }))
  }

  /// By their pixels, whatever the names say: what looks the same is of one base, and so on one side.
  @Test func samePicturesHaveOneBase() throws {
    let bases = Dictionary(grouping: 0..<source.count) { try? source.image(of: $0).pixels }
      .mapValues { items in Set(items.map { EmojiBase(of: source.emoji[$0].text).key }) }
    #expect(bases.count > 3000 && bases[nil] == nil)
    for shared in bases.values where shared.count > 1 { Issue.record("one picture, bases \(shared.sorted())") }
  }
}
