import Basics
import Images
import TestSupport
import Testing

@testable import Datasets

@Suite struct ContentDigestsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func digest(_ name: String, _ items: [Int]) throws -> Digest {
    ContentDigests(of: try Sources.open("\(folder.path)/\(name)")).digest(of: items)
  }

  /// One bit of a file of the same name and size, however its time looks.
  @Test func oneBitOfAFileIsNoticed() throws {
    try folder.writeImages("photos/a.png", "photos/b.png", color: [1, 2, 3])
    let before = try digest("photos", [0, 1])
    #expect(try digest("photos", [0, 1]) == before)
    #expect(try digest("photos", [0]) != before)
    // Two files of the same bytes show the same.
    #expect(try digest("photos", [1, 0]) == before)
    var bytes = try Files.bytes(of: "\(folder.path)/photos/b.png")
    bytes[bytes.count / 2] ^= 1
    try folder.write("photos/b.png", bytes)
    let after = try digest("photos", [0, 1])
    #expect(after != before)
    #expect(try digest("photos", [1, 0]) != after)
    #expect(try digest("photos", [0]) != after)
  }

  @Test func membersOfArchivesAreKnownByTheirBytes() throws {
    func archive(_ level: UInt8) throws -> Digest {
      var tar = TarFile()
      tar.add("a.png", Image(width: 2, height: 2, color: [9, 9, 9]).png())
      tar.add("b.png", Image(width: 2, height: 2, color: [level, 0, 0]).png())
      try folder.write("set.tar", tar.ended)
      let source = try Sources.open("\(folder.path)/set.tar")
      return ContentDigests(of: source).digest(of: [0, 1])
    }
    #expect(try archive(1) != archive(2))
    #expect(try archive(1) == archive(1))
  }

  @Test func pixelsAreKnownWhereThereAreNoFiles() {
    let toys = ContentDigests(of: ToySource(6, side: 8))
    #expect(toys.digest(of: [0, 1, 2]) == ContentDigests(of: ToySource(9, side: 8)).digest(of: [0, 1, 2]))
    #expect(toys.digest(of: [0, 1]) != toys.digest(of: [1, 0]))
    #expect(toys.digest(of: [0]) != ContentDigests(of: ToySource(6, side: 9)).digest(of: [0]))
  }

  @Test func whatCannotBeReadIsKnownByItsProblem() throws {
    try folder.writeImages("photos/a.png", "photos/b.png")
    let source = try Sources.open("\(folder.path)/photos")
    let digests = ContentDigests(of: source)
    let before = digests.digest(of: [0, 1])
    #expect(digests.areUnchanged([0, 1]))
    try Files.write("\(folder.path)/photos/b.png", text: "no image")
    #expect(digests.digest(of: [0, 1]) == before, "what was read is not read again")
    #expect(!digests.areUnchanged([0, 1]))
    #expect(digests.areUnchanged([0]))
    #expect(ContentDigests(of: source).digest(of: [0, 1]) != before)
  }

  /// More items than a thread takes at a time, in any order, one after another or at once.
  @Test func threadsDoNotShow() {
    let source = ToySource(300, side: 3)
    let items = (0..<300).map { $0 * 7 % 300 }
    let all = ContentDigests(of: source).digest(of: items)
    let digests = ContentDigests(of: source)
    for item in items.prefix(100) { _ = digests.digest(of: [item]) }
    #expect(digests.digest(of: items) == all)
  }
}
