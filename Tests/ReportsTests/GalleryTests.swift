import Images
import Testing

@testable import Reports

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct GalleryTests {
  private func sheet(_ picture: PagePicture) throws -> Image {
    let encoded = try #require(picture.uri.split(separator: ",").last.map(String.init))
    return try Image(decoding: [UInt8](try #require(Data(base64Encoded: encoded))), named: "sheet")
  }

  @Test func thumbnailsLieInRows() throws {
    let images = (0..<5).map { Image(width: 20, height: 20, color: [UInt8(50 * $0), 0, 0]) }
    let gallery = Gallery(name: "g", items: images.map { ("item", $0) }, mapped: 5, labels: [])
    #expect(gallery.side == 20 && gallery.columns == 3)
    #expect(gallery.sheet.width == 60 && gallery.sheet.height == 40)
    let sheet = try sheet(gallery.sheet)
    for i in 0..<6 {
      let (x, y) = (i % 3 * 20 + 10, i / 3 * 20 + 10)
      let red = Int(sheet.pixels[(y * 60 + x) * 3])
      #expect(abs(red - (i < 5 ? 50 * i : 255)) < 8, "thumbnail \(i) has \(red)")
    }
  }

  @Test func thumbnailsThatAreNotSquareLieInTheMiddleOfTheirFields() throws {
    let images = [Image(width: 40, height: 20, color: [0, 0, 0]), Image(width: 3, height: 300, color: [0, 0, 0])]
    let gallery = Gallery(name: "g", items: images.map { ("item", $0) }, mapped: 2, labels: [])
    #expect(gallery.side == 64)
    #expect(gallery.widths == [64, 1] && gallery.heights == [32, 64])
    let sheet = try sheet(gallery.sheet)
    func red(_ x: Int, _ y: Int) -> Int { Int(sheet.pixels[(y * sheet.width + x) * 3]) }
    #expect(red(32, 32) < 20 && red(32, 8) > 235 && red(32, 56) > 235, "the first lies in rows 16 to 47")
    #expect(red(64 + 10, 32) > 235 && red(64 + 31, 32) < 160, "the second lies in column 31")
  }

  @Test func aSheetKeepsWithinItsBudget() {
    var random = RandomPixels()
    let images = (0..<100).map { _ in
      Image(width: 64, height: 64, pixels: (0..<(64 * 64 * 3)).map { _ in random.next() })
    }
    let items = images.map { (title: "noise", image: $0) }
    let whole = Gallery(name: "g", items: items, mapped: 100, labels: [])
    #expect(whole.side == 64)
    let small = Gallery(name: "g", items: items, mapped: 100, labels: [], budget: whole.sheet.uri.utf8.count / 2)
    #expect(small.side < 64 && small.sheet.uri.utf8.count <= whole.sheet.uri.utf8.count / 2)
  }

  @Test func onlyClassesThatOccurAreKept() {
    let labels = Gallery.Labels(name: "class", of: ["c", nil, "a", "c"], inOrderOf: ["a", "b", "c"])
    #expect(labels.classes == ["a", "c"])
    #expect(labels.labels == [1, nil, 0, 1])
  }

  @Test func longTitlesKeepTheirEnd() {
    let image = Image(width: 1, height: 1, color: [0, 0, 0])
    let title = String(repeating: "folder/", count: 100) + "cat.jpg"
    let gallery = Gallery(name: "g", items: [(title, image)], mapped: 1, labels: [])
    #expect(gallery.titles[0].count == 120 && gallery.titles[0].hasSuffix("/cat.jpg"))
  }
}

/// Noise that JPEG cannot pack well.
private struct RandomPixels {
  var state: UInt64 = 1

  mutating func next() -> UInt8 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 33)
  }
}
