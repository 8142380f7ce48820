import Basics
import Images
import TestSupport
import Testing

@testable import Datasets

@Suite struct GzippedTarTests {
  let folder: TemporaryFolder
  let plain: TarFile

  /// 64 pictures of noise, 3 KB each, with a text each.
  init() throws {
    folder = try TemporaryFolder()
    var tar = TarFile()
    for number in 0..<64 {
      tar.add("\(number).png", Self.picture(number).png())
      tar.add("\(number).txt", "number \(number)")
    }
    plain = tar
    try folder.write("plain.tar", tar.ended)
    try folder.write("zipped.tar", tar.ended)
    let run = try ProcessRun("/usr/bin/env", ["gzip", "zipped.tar"], in: folder.path)
    #expect(run.wait() == .exited(0), "\(run.errors)")
  }

  static func picture(_ number: Int) -> Image {
    var random = RandomStream(seed: 8, number)
    return Image(width: 32, height: 32, pixels: (0..<3072).map { _ in UInt8(random.integer(below: 256)) })
  }

  private var path: String { "\(folder.path)/zipped.tar.gz" }

  private func open(spacing: Int = 20_000) throws -> ArchiveSource {
    try ArchiveSource([path], named: path, spacing: spacing)
  }

  @Test func readsInAnyOrder() throws {
    let source = try open()
    #expect(source.count == 64)
    let runs = try #require(source.runs)
    #expect(runs.starts.count > 4)
    #expect(runs.starts[0] == 0)
    var random = RandomStream(seed: 1)
    for item in random.permutation(of: 64) + [63, 0] {
      #expect(try source.image(of: item) == Self.picture(item))
      #expect(source.title(of: item) == "\(item).png")
      #expect(source.captions(of: item).map(\.text) == ["number \(item)"])
    }
    let other = try ArchiveSource(["\(folder.path)/plain.tar"], named: "plain")
    #expect(other.runs == nil)
    #expect(other.split == source.split)
  }

  /// An epoch's order expands each run once, though only a part of them fits.
  @Test func expandsEachRunOnceAnEpoch() throws {
    let longest = try GzippedTar(
      MappedFile(path), named: path, cache: RunCache(budget: 1), spacing: 20_000, visit: { _, _ in }
    ).longestRun
    let source = try ArchiveSource([path], named: path, spacing: 20_000, expandedBytes: 4 * longest)
    let runs = try #require(source.runs)
    #expect(runs.together == 2)
    let order = EpochOrder(seed: 4, count: 64).order(ofEpoch: 1, runs: runs)
    for item in order { _ = try source.image(of: item) }
    #expect(source.expansionCount == runs.starts.count)
    for item in order { _ = try source.image(of: item) }
    #expect(source.expansionCount > runs.starts.count)  // They did not all fit.
  }

  private func batches(from start: Int, workers: Int) throws -> [ExampleBatch] {
    let source = try open()
    let items = source.split.train
    let maker = BatchMaker(
      source: source, items: items, recipe: BatchRecipe(views: [.simCLR(size: 8)], captions: CaptionRecipe()),
      batches: Batches(of: items.count, size: 5), seed: 6,
      broken: BrokenItems(among: items.count), picture: source.picture)
    let loader = Loader(count: 25, from: start, workers: workers, make: maker.batch(ofStep:))
    var batches: [ExampleBatch] = []
    while let batch = try loader.next() { batches.append(batch) }
    return batches
  }

  /// Gone on with in the middle of an epoch, by any number of workers, the batches are the same bytes.
  @Test func givesTheSameBatchesAfterAnInterruption() throws {
    let whole = try batches(from: 0, workers: 0)
    #expect(Set(whole[..<11].flatMap(\.items)).count == 55)
    for (start, workers) in [(0, 3), (1, 1), (7, 2), (16, 0), (24, 4)] {
      let rest = try batches(from: start, workers: workers)
      #expect(rest.map(\.items) == whole[start...].map(\.items))
      #expect(rest.map(\.pixels) == whole[start...].map(\.pixels))
      #expect(rest.map(\.captions) == whole[start...].map(\.captions))
    }
  }

  @Test func saysWhatIsWrong() throws {
    let bytes = try Files.bytes(of: path)
    try folder.write("short.tar.gz", Array(bytes.dropLast(100)))
    let short = #expect(throws: InputError.self) { try Sources.open("\(folder.path)/short.tar.gz") }
    #expect(short?.problem == "is cut short (gzip)")
    var wrong = bytes
    wrong[wrong.count - 7] ^= 1  // the checksum of all
    try folder.write("wrong.tar.gz", wrong)
    let damaged = #expect(throws: InputError.self) { try Sources.open("\(folder.path)/wrong.tar.gz") }
    #expect(damaged?.problem == "is damaged (gzip)")
  }

  @Test(.enabled(if: SharedData.has("captions"), "needs the shared data"))
  func readsRealArchives() throws {
    let emoji = try Sources.open("\(SharedData.path)/captions/emoji.tar.gz")
    #expect(emoji.count == 1456 && emoji.remarks.count == 0)
    #expect(emoji.captions(of: 0).map(\.text).prefix(2) == ["hash sign", "hash"])
    let products = try Sources.open("\(SharedData.path)/captions/fashion_products.tar.gz")
    #expect(products.count == 6000 && products.remarks.count == 0)
    #expect(products.captions(of: 0).map(\.text) == ["Puma Unisex Logo Cap"])
    #expect(products.labelings.first { $0.name == "articleType" }?.classes.count == 117)
    #expect(try products.image(of: 5999).width == 60)
    let pictures = try Sources.open("\(SharedData.path)/cifar10/cifar10_jpeg94_15k.tar.gz")
    #expect(pictures.split.train.count == 10_000 && pictures.split.test.count == 5000)
    #expect(pictures.labelings.map(\.classes.count) == [10])
  }
}
