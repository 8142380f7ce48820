import Basics
import Images
import Kindred
import TestSupport
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `kindred data list` and `inspect` from the outside.
@Suite struct DataCommandTests {
  /// A pattern of smooth spots, no two numbers alike.
  private func picture(_ number: Int, gain: Double = 1) -> Image {
    var random = RandomStream(seed: 9, number)
    let coarse = Image(width: 4, height: 4, pixels: (0..<48).map { _ in UInt8(random.integer(below: 200)) })
    var image = coarse.resized(to: ImageSize(width: 20, height: 20))
    image.adjustBrightness(by: gain)
    return image
  }

  private func write(_ image: Image, _ path: String) throws {
    try Files.makeFolder(Files.folder(of: path))
    try Files.write(path, bytes: image.png())
  }

  /// Two classes in two parts, with one of every fault.
  private func makePhotos(_ folder: String) throws {
    for number in 0..<4 { try write(picture(number), "\(folder)/train/cat/\(number).png") }
    for number in 4..<7 { try write(picture(number), "\(folder)/train/dog/\(number).png") }
    try write(picture(1), "\(folder)/val/dog/b.png")  // learned from, as a cat
    try write(picture(5, gain: 0.9), "\(folder)/val/dog/c.png")  // nearly learned from
    try write(picture(9), "\(folder)/val/cat/d.png")
    try write(Image(width: 8, height: 8, color: [255, 255, 255]), "\(folder)/val/cat/white.png")
    try Files.write("\(folder)/val/cat/x.png", text: "no image")
  }

  @Test func inspectFindsWhatIsWrong() throws {
    try withTemporaryFolder { folder in
      try makePhotos("\(folder)/photos")
      let (ending, run) = try kindred("data", "inspect", "photos", in: folder)
      #expect(ending == .exited(0), "\(run.errors)")
      let expected = """
        photos: 12 images, 7 to learn from, 5 kept for measuring
        sizes: 8×8 to 20×20 pixels
        class: 2 classes, 3 to 4 to learn from, 2 to 3 for measuring each
          cat: 4 + 3
          dog: 3 + 2
        1 image cannot be decoded:
          photos/val/cat/x.png: is not an image that can be read (JPEG, PNG, WebP); convert it to PNG or remove it
        of one colour: 1 image: val/cat/white.png
        exact copies: 2 images in 1 set
          1 of 5 images for measuring (20.0 %) has one among those to learn from
          class differs within 1 set
          train/cat/1.png (train, cat) = val/dog/b.png (test, dog)
        near copies: 2 images in 1 set
          1 of 5 images for measuring (20.0 %) has one among those to learn from
          train/dog/5.png (train, dog) ≈ val/dog/c.png (test, dog)

        """
      #expect(run.output == expected)

      let (_, json) = try kindred("data", "inspect", "photos", "--json", "--workers", "0", in: folder)
      let value = try JSONDecoder().decode(JSONValue.self, from: Data(json.output.utf8))
      #expect(value.at("exactCopies", "leaked") == .number(1))
      #expect(value.at("exactCopies", "conflicts", "class") == .number(1))
      #expect(value.at("broken", "count") == .number(1))
      #expect(value.at("nearCopies", "examples", 0, "members", 1, "title") == .string("val/dog/c.png"))
    }
  }

  @Test func inspectCountsCaptionsThatAreShared() throws {
    try withTemporaryFolder { folder in
      for number in 0..<3 { try write(picture(number), "\(folder)/\(number).png") }
      try Files.write("\(folder)/list.csv", text: "image,caption\n0.png,a dog\n1.png,a dog\n1.png,a cat\n2.png,a fox\n")
      let (_, run) = try kindred("data", "inspect", "list.csv", in: folder)
      let expected = """
        captions: 4 of 3 images, 3 different; 2 images share one with another image
          "a dog": 2 images
        unreadable: none
        exact copies: none
        near copies: none

        """
      #expect(run.output.hasSuffix(expected), "\(run.output)")
    }
  }

  @Test func listsAPart() throws {
    try withTemporaryFolder { folder in
      try makePhotos("\(folder)/photos")
      let (_, all) = try kindred("data", "list", "photos", "--limit", "2", in: folder)
      #expect(all.output == "train/cat/0.png\tcat\t\ntrain/cat/1.png\tcat\t\n")
      let (_, test) = try kindred("data", "list", "photos", "--split", "test", "--json", in: folder)
      let rows = try JSONDecoder().decode(JSONValue.self, from: Data(test.output.utf8))
      #expect((0..<5).map { rows.at($0, "item") } == (7..<12).map { .number(Double($0)) })
      #expect(rows.at(0, "title") == .string("val/cat/d.png") && rows.at(5) == nil)
    }
  }
}

extension JSONValue {
  /// What lies at a path of keys and numbers.
  fileprivate func at(_ path: any Hashable...) -> JSONValue? {
    path.reduce(self) { value, step in
      switch (value, step) {
      case (.object(let members), let key as String): members[key]
      case (.array(let items), let place as Int): items.indices.contains(place) ? items[place] : nil
      default: nil
      }
    }
  }
}
