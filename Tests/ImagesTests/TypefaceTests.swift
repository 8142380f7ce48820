import Basics
import Images
import Testing

@Suite struct TypefaceTests {
  @Test func drawsTextOfTheSizeAskedFor() throws {
    let font = try Typeface.systemText()
    let width = font.width(of: "Häh", size: 20)
    #expect(width > 20 && width < 60)
    #expect(abs(font.width(of: "Häh", size: 40) - 2 * width) < 2)
    #expect(font.width(of: "", size: 20) == 0)

    var image = Image(width: 60, height: 30, color: [255, 255, 255])
    font.draw("H", size: 20, color: [255, 0, 0], at: 5, y: 2, in: &image)
    let touched = (0..<60 * 30).filter { image.pixels[3 * $0 + 1] < 255 }
    // Red ink on white: the red channel stays full everywhere.
    #expect(image.pixels.indices.filter { $0 % 3 == 0 }.allSatisfy { image.pixels[$0] == 255 })
    #expect(touched.contains { image.pixels[3 * $0 + 1] < 16 })
    let columns = touched.map { $0 % 60 }
    let rows = touched.map { $0 / 60 }
    #expect(columns.min()! >= 5 && Double(columns.max()!) <= 5 + font.width(of: "H", size: 20))
    // Capitals are about 0.7 em high in text fonts, and lie below the top of the line.
    #expect((11...18).contains(rows.max()! - rows.min()! + 1))
    #expect(rows.min()! >= 2)
  }

  @Test func clipsTextAtTheEdges() throws {
    let font = try Typeface.systemText()
    var whole = Image(width: 100, height: 60, color: [0])
    font.draw("Wg", size: 30, color: [255], at: 30, y: 20, in: &whole)
    var part = Image(width: 20, height: 15, color: [0])
    font.draw("Wg", size: 30, color: [255], at: -10, y: -10, in: &part)
    let expected = (0..<15).flatMap { y in (0..<20).map { x in whole.pixels[(y + 30) * 100 + x + 40] } }
    #expect(part.pixels == expected)
    #expect(part.pixels.contains { $0 > 0 })
  }

  @Test func drawsAnEmojiInItsColours() throws {
    let font = try Typeface.systemEmoji()
    #expect(font.hasColorBitmaps)
    let heart = try #require(font.image(ofEmoji: "💙"))
    #expect(heart.width == heart.height && heart.channels == 3)
    let corner = Array(heart.pixels[0..<3])
    #expect(corner == [255, 255, 255])
    let center = (heart.height / 2 * heart.width + heart.width / 2) * 3
    #expect(heart.pixels[center + 2] > 150 && heart.pixels[center] < 110, "a blue heart is blue in the middle")
  }

  @Test(arguments: ["🇩🇪", "👩🏽‍🚀", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "❤️‍🔥", "5️⃣", "👋🏿"])
  func drawsSequencesAsOnePicture(sequence: String) throws {
    let font = try Typeface.systemEmoji()
    #expect(font.canDraw(emoji: sequence))
    let picture = try #require(font.image(ofEmoji: sequence))
    let first = font.image(ofEmoji: String(sequence.unicodeScalars.first!))
    let differs = picture != first
    #expect(differs)
  }

  @Test(arguments: ["🇩🇪🇫🇷", "🇽🇽", "🇦🇧", "🦁‍🚀", "a", "", "\u{10FFFF}", Self.flag(of: "zzxx")])
  func refusesWhatFallsApart(sequence: String) throws {
    let font = try Typeface.systemEmoji()
    #expect(!font.canDraw(emoji: sequence))
    let picture = font.image(ofEmoji: sequence)
    let isDrawn = picture != nil
    #expect(!isDrawn)
  }

  /// The sequence of a subdivision's flag, here one that no country has.
  static func flag(of subdivision: String) -> String {
    let tags = subdivision.unicodeScalars.map { Character(Unicode.Scalar(0xE0000 + $0.value)!) }
    return "🏴" + String(tags) + "\u{E007F}"
  }

  @Test func theFlagOfFranceIsBlueWhiteRed() throws {
    let flag = try #require(try Typeface.systemEmoji().image(ofEmoji: "🇫🇷"))
    func pixel(_ x: Double) -> [Int] {
      let start = (flag.height / 2 * flag.width + Int(x * Double(flag.width))) * 3
      return flag.pixels[start..<start + 3].map(Int.init)
    }
    #expect(pixel(0.15)[2] > pixel(0.15)[0] + 50)
    #expect(pixel(0.5).allSatisfy { $0 > 200 })
    #expect(pixel(0.85)[0] > pixel(0.85)[2] + 50)
  }

  @Test func saysWhatIsWrongWithAFile() throws {
    let missing = #expect(throws: InputError.self) { try Typeface(path: "no/such.ttf") }
    #expect(missing?.description == "no/such.ttf: there is no such font file; check the path")
    let path = "/tmp/kindred-typeface-\(UInt64.random(in: .min ... .max)).ttf"
    try Files.write(path, text: "this is no font")
    let broken = #expect(throws: InputError.self) { try Typeface(path: path) }
    #expect(broken?.place == path)
    #expect(broken?.problem.hasPrefix("is not a font") == true)
  }

  @Test func manyThreadsMayShareAFont() async throws {
    let font = try Typeface.systemEmoji()
    let alone = font.image(ofEmoji: "🦊")
    let together = await withTaskGroup(of: Image?.self) { group in
      for _ in 0..<16 { group.addTask { font.image(ofEmoji: "🦊") } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(together.allSatisfy { $0 == alone } && alone != nil)
  }
}
