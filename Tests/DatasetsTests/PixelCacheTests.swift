import Basics
import Datasets
import Images
import Testing

@Suite struct PixelCacheTests {
  /// Items of a growing width, which counts how often it decodes.
  struct Drawn: ImageSource {
    let decoded = Counter()
    let name = "drawn"
    let identity = "drawn"
    let count = 4
    let labelings: [Labeling] = []
    let split = Split(train: [0, 1, 2], test: [3])

    func title(of item: Int) -> String { "\(item)" }
    func captions(of item: Int) -> [Caption] { [] }
    func image(of item: Int) throws -> Image {
      decoded.increment()
      if item == 3 { throw InputError(in: "3", "is damaged") }
      return Image(width: 16 << item, height: 16, color: [UInt8(item), 100, 200])
    }
  }

  @Test func decodesOnceAndScalesDown() throws {
    let source = Drawn()
    let cache = PixelCache(source, side: 6, margin: 1.25)
    #expect(cache.side == 8)
    for _ in 0..<3 {
      #expect(try cache.image(of: 1) == Image(width: 16, height: 8, color: [1, 100, 200]))
      #expect(try cache.image(of: 0) == Image(width: 8, height: 8, color: [0, 100, 200]))
    }
    #expect(source.decoded.value == 2)
    #expect(cache.bytesKept == 3 * 8 * (8 + 16))
    #expect(cache.split == source.split && cache.title(of: 2) == "2")
  }

  @Test func neverScalesUp() throws {
    #expect(try PixelCache(Drawn(), side: 100).image(of: 0).width == 16)
  }

  @Test func keepsWhatFits() throws {
    let source = Drawn()
    let cache = PixelCache(source, side: 8, margin: 1, budget: 3 * 8 * (8 + 16))
    let first = try (0..<3).map(cache.image)
    let second = try (0..<3).map(cache.image)
    #expect(first == second)
    #expect(source.decoded.value == 4, "two of three are kept, the third is decoded twice")
    #expect(cache.bytesKept <= cache.budget)
  }

  @Test func doesNotKeepErrors() {
    let source = Drawn()
    let cache = PixelCache(source, side: 8)
    for _ in 0..<2 { #expect(throws: InputError.self) { try cache.image(of: 3) } }
    #expect(source.decoded.value == 2)
  }
}
