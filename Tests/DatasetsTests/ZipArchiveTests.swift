import Basics
import Images
import Testing

@testable import Datasets

@Suite struct ZipArchiveTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func png(_ shade: UInt8) -> [UInt8] {
    Image(width: 4, height: 4, color: [shade, 0, 0]).png()
  }

  private func open(_ bytes: [UInt8]) throws -> any ImageSource {
    try folder.write("x.zip", bytes)
    return try Sources.open("\(folder.path)/x.zip")
  }

  private func problem(_ body: () throws -> Void) -> String? {
    #expect(throws: InputError.self, performing: body)?.description.replacing(folder.path + "/", with: "")
  }

  @Test func readsStoredAndDeflated() throws {
    var zip = ZipFile()
    zip.add("dog/", [])
    zip.add("dog/2.png", png(2), packed: try ZipFile.deflated(png(2)))
    zip.add("cat/1.png", png(1))
    zip.add("cat/1.txt", Array("one".utf8))
    zip.add("cat/link.png", [65], mode: 0o120777)
    let source = try open(zip.ended(comment: "PK\u{5}\u{6} of the comment"))
    #expect(source.count == 2)
    // In the order of the names.
    #expect(try (0..<2).map { try source.image(of: $0).pixels[0] } == [1, 2])
    #expect(source.captions(of: 0).map(\.text) == ["one"])
    #expect(source.labelings.map(\.classes) == [["cat", "dog"]])
    #expect(source.remarks.first.map(\.problem) == ["has a link instead of a file: 'cat/link.png'"])
  }

  @Test func readsATableWithin() throws {
    var zip = ZipFile()
    let rows = Array("file_name,text\na.png,one\n".utf8)
    zip.add("metadata.csv", rows, packed: try ZipFile.deflated(rows))
    zip.add("a.png", png(1))
    #expect(try open(zip.ended()).captions(of: 0).map(\.text) == ["one"])
  }

  @Test func believesNoLies() throws {
    let content = png(1)
    let packed = try ZipFile.deflated(content)
    func broken(_ lies: ZipFile.Lies, packed: [UInt8]? = nil, flags: Int = 0) throws -> String? {
      var zip = ZipFile()
      zip.add("a.png", content, packed: packed, flags: flags, lies: lies)
      let source = try open(zip.ended())
      return problem { _ = try source.image(of: 0) }
    }
    let copy = "; copy or download the archive again"
    let sizes = [content.count - 1, content.count + 1, 0, 1 << 31]
    for size in sizes {
      #expect(
        try broken(.init(size: size), packed: packed)
          == "x.zip: a.png: does not expand to the \(size) bytes that the directory says\(copy)")
      #expect(try broken(.init(size: size)) == "x.zip: a.png: is damaged: its checksum is wrong\(copy)")
    }
    #expect(try broken(.init(packedSize: 1 << 30)) == "x.zip: a.png: lies beyond the archive's end\(copy)")
    #expect(try broken(.init(offset: 9)) == "x.zip: a.png: lies beyond the archive's end\(copy)")
    #expect(try broken(.init(checksum: 1)) == "x.zip: a.png: is damaged: its checksum is wrong\(copy)")
    #expect(try broken(.init(), flags: 1)?.contains("is encrypted") == true)
    // A bomb that says what it is: expanded only as far as it says.
    let zeros = try ZipFile.deflated(Array(repeating: 0, count: 1 << 20))
    #expect(try broken(.init(size: 100), packed: zeros)?.contains("does not expand to the 100 bytes") == true)
  }

  @Test func saysWhatIsWrong() throws {
    var zip = ZipFile()
    zip.add("a.png", png(1))
    let bytes = zip.ended()
    #expect(
      problem { _ = try open(Array(bytes.dropLast(5))) }
        == "x.zip: is cut short: it has no directory at its end; copy or download the archive again")
    #expect(
      problem { _ = try open(Array(repeating: 65, count: 100)) }
        == "x.zip: is no zip archive; check that the file is what its name says")
    #expect(problem { _ = try open(zip.ended(start: 3)) }?.contains("entry 1 of 1 makes no sense") == true)
    #expect(problem { _ = try open(zip.ended(count: 60_000)) }?.contains("is cut short") == true)
    #expect(problem { _ = try open(ZipFile().ended()) }?.contains("has no images") == true)
  }

  @Test func survivesEveryDamage() throws {
    var zip = ZipFile()
    zip.add("a.png", png(1), packed: try ZipFile.deflated(png(1)))
    let bytes = zip.ended()
    for place in bytes.indices {
      for flip: UInt8 in [0xFF, 0x80, 1] {
        var wrong = bytes
        wrong[place] ^= flip
        try folder.write("x.zip", wrong)
        guard let source = try? Sources.open("\(folder.path)/x.zip") else { continue }
        for item in 0..<source.count { _ = try? source.image(of: item) }
      }
    }
  }

  @Test(.enabled(if: SharedData.has("omniglot"), "needs the shared data"))
  func readsOmniglot() throws {
    let source = try Sources.open("\(SharedData.path)/omniglot/images_background.zip")
    #expect(source.count == 19_280)
    #expect(source.labelings.map(\.name) == ["class", "folder"])
    #expect(source.labelings.map(\.classes.count) == [30, 964])
    #expect(try source.image(of: 19_279).width == 105)
  }
}
