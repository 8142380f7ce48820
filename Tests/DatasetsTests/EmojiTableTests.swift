import Basics
import Images
import Testing

@testable import Datasets

@Suite struct EmojiTableTests {
  @Test func readsTheListOfUnicode() {
    let text = """
      # emoji-test.txt
      # group: People & Body
      # subgroup: hand-fingers-open
      1F44B 1F3FB  ; fully-qualified     # 👋🏻 E1.0 waving hand: light skin tone
      270B         ; fully-qualified     # ✋ E0.6 raised hand
      263A         ; unqualified         # ☺ E0.6 smiling face
      # group: Component
      # subgroup: skin-tone
      1F3FB        ; component           # 🏻 E1.0 light skin tone
      """
    let emoji = EmojiTable.listed(in: text)
    #expect(
      emoji == [
        Emoji(
          "👋🏻", name: "waving hand: light skin tone", group: "People & Body", subgroup: "hand-fingers-open"),
        Emoji("✋", name: "raised hand", group: "People & Body", subgroup: "hand-fingers-open"),
      ])
    #expect(emoji.map(\.hasSkinTone) == [true, false])
  }

  @Test func readsAnnotations() {
    var annotations = EmojiAnnotations()
    annotations.add(
      xml: """
        <annotations>
        \t<annotation cp="❤">emotion | heart</annotation>
        \t<annotation cp="❤" type="tts">red heart</annotation>
        \t<annotation cp="&lt;">less than | a &amp; b</annotation>
        \t<annotation cp="x">half a line
        </annotations>
        """)
    #expect(annotations.keywords(of: "❤\u{FE0F}") == ["emotion", "heart"])
    #expect(annotations.keywords(of: "<") == ["less than", "a & b"])
    #expect(annotations.keywords(of: "x") == [])
  }

  @Test func fallsBackOnTheTablesOfSwift() throws {
    let emoji = EmojiTable.ofTheStandardLibrary()
    let names = Dictionary(uniqueKeysWithValues: emoji.map { ($0.text, $0.name) })
    #expect(names["🦊"] == "fox face")
    #expect(names["❤️"] == "heavy black heart")
    #expect(names["👋🏿"] == "waving hand sign: dark skin tone")
    #expect(names["🇩🇪"] == "flag: DE")
    #expect(names["🏻"] == nil && names["🇩"] == nil && names["5"] == nil)
    #expect(emoji.count > 2000)
  }

  @Test func isASourceWithoutTheFilesOfUnicode() throws {
    let source = try EmojiSource(EmojiTable.ofTheStandardLibrary(), skinTones: false, typeface: .systemEmoji())
    #expect(source.count > 1200)
    #expect(source.labelings.isEmpty)
    // Of 676 pairs of letters only those that are flags are drawn.
    #expect((200...300).contains(source.emoji.filter { $0.name.hasPrefix("flag: ") }.count))
    // The side of an emoji does not depend on where its name comes from.
    let full = try EmojiSource(skinTones: false)
    let test = Set(full.split.test.map { full.emoji[$0].text })
    for item in source.split.train { #expect(!test.contains(source.emoji[item].text)) }
  }

  @Test func aFontForTextIsNoSource() throws {
    let font = try Typeface.systemText()
    let error = #expect(throws: InputError.self) {
      try EmojiSource([Emoji("🦊", name: "fox")], skinTones: true, typeface: font)
    }
    #expect(error?.place == font.path)
    #expect(error?.problem == "draws none of the 1 emoji")
    #expect(error?.remedy.contains("fonts-noto-color-emoji") == true)
  }
}
