import Basics
import Datasets
import Images
import Testing

/// Views from files that are decoded in parts, as training makes them of sources too large to be kept.
@Suite struct PictureTests {
  let folder: TemporaryFolder
  let recipe = BatchRecipe(views: [.simCLR(size: 16), .moCoV2(size: 16)])

  init() throws { folder = try TemporaryFolder() }

  private func photo(_ index: Int, side: Int) -> Image {
    let pixels = (0..<side * side).flatMap { i -> [UInt8] in
      let (x, y) = (255 * (i % side) / side, 255 * (i / side) / side)
      return [UInt8(x), UInt8(y), UInt8(40 * index)]
    }
    return Image(width: side, height: side, pixels: pixels)
  }

  private func maker(_ cache: PixelCache, _ broken: BrokenItems) -> BatchMaker {
    BatchMaker(
      source: cache, items: Array(0..<cache.count), recipe: recipe,
      batches: Batches(of: cache.count, size: cache.count),
      seed: 4, broken: broken, picture: cache.picture)
  }

  /// Images no larger than the cache would keep them are decoded at full size: the budget changes nothing but memory.
  @Test func viewsOfFilesAreThoseOfKeptImages() throws {
    for index in 0..<6 { try folder.write("\(index).jpg", photo(index, side: 24).jpeg(quality: 80)) }
    let source = try FolderSource(folder.path)
    let (kept, files) = (PixelCache(source, side: 16), PixelCache(source, side: 16, budget: 1000))
    #expect(kept.holdsAll && !files.holdsAll)
    for step in 0..<4 {
      let expected = try maker(kept, BrokenItems(among: 6)).batch(ofStep: step)
      let found = try maker(files, BrokenItems(among: 6)).batch(ofStep: step)
      #expect(found.pixels == expected.pixels && found.items == expected.items)
    }
    #expect(files.bytesKept == 0 && kept.bytesKept == 6 * 24 * 24 * 3)
  }

  @Test(arguments: [1, 2, 5]) func theNumberOfWorkersChangesNothing(workers: Int) throws {
    for index in 0..<6 { try folder.write("\(index).jpg", photo(index, side: 100).jpeg(quality: 80)) }
    try folder.write("7.jpg", Array(photo(0, side: 100).jpeg(quality: 80).dropLast(100)))
    let source = try FolderSource(folder.path)
    let alone = maker(PixelCache(source, side: 16, budget: 0), BrokenItems(among: 7, allowedShare: 1))
    let broken = BrokenItems(among: 7, allowedShare: 1)
    let shared = maker(PixelCache(source, side: 16, budget: 0), broken)
    let loader = Loader(count: 8, workers: workers) { try shared.batch(ofStep: $0) }
    for step in 0..<8 {
      let (found, expected) = (try #require(try loader.next()), try alone.batch(ofStep: step))
      #expect(found.pixels == expected.pixels && found.items == expected.items)
      #expect(found.items.count == 6 && !found.items.contains(6), "the file cut short is left out")
    }
    #expect(broken.all.map(\.item) == [6])
  }

  @Test func aSourceWithoutFilesIsCached() throws {
    for index in 0..<3 { try folder.write("\(index).png", photo(index, side: 24).png()) }
    struct Pixels: ImageSource {
      let source: FolderSource
      let name = "pixels"
      let identity = "pixels"
      let count = 3
      let labelings: [Labeling] = []
      let split = Split(train: [0, 1, 2], test: [])
      func title(of item: Int) -> String { "\(item)" }
      func captions(of item: Int) -> [Caption] { [] }
      func image(of item: Int) throws -> Image { try source.image(of: item) }
    }
    let cache = PixelCache(Pixels(source: try FolderSource(folder.path)), side: 16, budget: 24 * 24 * 3)
    guard case .pixels(let image) = try cache.picture(of: 1) else { Issue.record("not a file"); return }
    #expect(image == photo(1, side: 24))
    #expect(cache.bytesKept == 24 * 24 * 3)
  }
}
