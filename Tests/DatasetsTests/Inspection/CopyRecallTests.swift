import Basics
import Images
import Testing

@testable import Datasets

/// How many changed copies of real photos are found, and what is taken for a copy and is none: the figures of
/// Documentation/Data.md. The truth is who was copied from whom.
@Suite(.enabled(if: SharedData.has("caltech101"), "needs the shared data"))
struct CopyRecallTests {
  /// What is done to a copy, and the share of such copies that is found at least, or at most.
  private static let changes: [(name: String, share: ClosedRange<Double>, change: @Sendable (Image) throws -> Image)] =
    [
      ("compressed much", 0.98...1, { try Image(decoding: $0.jpeg(quality: 10), named: "copy") }),
      (
        "scaled to a third and compressed", 0.98...1,
        { try Image(decoding: scaled($0, 1 / 3).jpeg(quality: 50), named: "copy") }
      ),
      ("stretched", 0.98...1, { $0.resized(to: ImageSize(width: 224, height: 224)) }),
      ("darkened", 0.95...1, { changed($0) { $0.adjustBrightness(by: 0.8) } }),
      ("lightened", 0.9...1, { changed($0) { $0.adjustBrightness(by: 1.2) } }),
      ("of less contrast", 0.95...1, { changed($0) { $0.adjustContrast(by: 0.8) } }),
      ("of less colour", 0.8...1, { changed($0) { $0.adjustSaturation(by: 0.7) } }),
      ("cut by 1 % on each side", 0.9...1, { cut($0, by: 0.01) }),
      // What is not found, as honest as the gains.
      ("cut by 2 % on each side", 0.2...0.7, { cut($0, by: 0.02) }),
      ("cut by 5 % on each side", 0...0.1, { cut($0, by: 0.05) }),
      ("gray", 0.1...0.6, { $0.gray() }),
      ("mirrored", 0...0.1, { $0.flipped(.horizontal) }),
    ]

  /// Photos, and after them a copy of each, the next one changed in the next way: a hundred copies are changed alike.
  private struct Copied: ImageSource {
    let photos: any ImageSource
    let name = "copied", identity = "copied"
    let labelings: [Labeling] = []
    var count: Int { 2 * photos.count }
    var split: Split { Split(train: Array(0..<count), test: []) }

    func title(of item: Int) -> String { photos.title(of: item % photos.count) }
    func captions(of item: Int) -> [Caption] { [] }

    func image(of item: Int) throws -> Image {
      if item < photos.count { return try photos.image(of: item) }
      let original = item - photos.count
      return try changes[original % changes.count].change(photos.image(of: original))
    }
  }

  /// Photos that are in the collection twice, which was seen by eye: the same scan in another size, or cut otherwise.
  private static let twice: [String: String] = [
    "grand_piano/image_0051.jpg": "grand_piano/image_0041.jpg", "hedgehog/image_0001.jpg": "hedgehog/image_0010.jpg",
    "ibis/image_0079.jpg": "ibis/image_0076.jpg", "lotus/image_0015.jpg": "lotus/image_0006.jpg",
    "menorah/image_0017.jpg": "menorah/image_0016.jpg", "revolver/image_0009.jpg": "revolver/image_0010.jpg",
    "revolver/image_0036.jpg": "revolver/image_0060.jpg", "stop_sign/image_0001.jpg": "stop_sign/image_0056.jpg",
    // Mirrored, and met by a mirrored copy.
    "Leopards/image_0124.jpg": "Leopards/image_0024.jpg",
  ]

  @Test func findsTheCopiesAndNothingElse() throws {
    let photos = try Sources.open("\(SharedData.path)/caltech101/caltech101_40classes.tar")
    try #require(photos.count == 1200)
    let source = Copied(photos: photos)
    let survey = try ImageSurvey(of: source, workers: 2)
    #expect(survey.broken.count == 0)
    var found = Self.changes.map { _ in 0 }
    for group in CopySearch(in: survey).near.shared {
      let motifs = Set(group.map { Self.twice[source.title(of: $0)] ?? source.title(of: $0) })
      #expect(motifs.count == 1, "not copies of each other: \(motifs)")
      for copy in group where copy >= 1200 && group.contains(copy - 1200) {
        found[(copy - 1200) % Self.changes.count] += 1
      }
    }
    for (number, change) in zip(found, Self.changes) {
      #expect(change.share.contains(Double(number) / 100), "found \(number) of 100 copies \(change.name)")
    }
  }

  /// In the two collections that have a pair of images with the same pixels, as their description says. Of the pairs that
  /// there are, few are compared.
  @Test(arguments: [
    ("captions/ucm_captions_train.tar", ["ucm_01_002.jpg", "ucm_01_003.jpg"]),
    ("omniglot/images_background.zip", ["0192_03.png", "0192_19.png"]),
  ])
  func findsThePairThatIsKnown(file: String, pair: [String]) throws {
    let source = try Sources.open("\(SharedData.path)/\(file)")
    let survey = try ImageSurvey(of: source, workers: 2)
    let search = CopySearch(in: survey)
    #expect(search.exact.shared.map { $0.map { Files.name(of: source.title(of: $0)) } } == [pair])
    #expect(search.near.shared == search.exact.shared)
    #expect(search.comparisons < source.count * source.count / 50, "\(search.comparisons) comparisons")
  }
}

@Sendable private func changed(_ image: Image, _ change: (inout Image) -> Void) -> Image {
  var copy = image
  change(&copy)
  return copy
}

@Sendable private func scaled(_ image: Image, _ factor: Double) -> Image {
  image.resized(
    to: ImageSize(width: Int(Double(image.width) * factor), height: Int(Double(image.height) * factor)))
}

@Sendable private func cut(_ image: Image, by share: Double) -> Image {
  let (x, y) = (Int(Double(image.width) * share), Int(Double(image.height) * share))
  return image.cropped(x: x, y: y, to: ImageSize(width: image.width - 2 * x, height: image.height - 2 * y))
}
