import Basics
import TestSupport
import Testing

@testable import Datasets

@Suite struct TarWalkTests {
  private func members(_ bytes: [UInt8]) throws -> [String: [UInt8]] {
    try bytes.withUnsafeBytes { bytes in
      var walk = TarWalk(LyingBytes(bytes), named: "x.tar")
      var members: [String: [UInt8]] = [:]
      while let member = try walk.next() { members[member.name] = Array(try walk.content()) }
      return members
    }
  }

  private func problem(_ bytes: [UInt8]) -> String? {
    #expect(throws: InputError.self) { try members(bytes) }?.description
  }

  @Test func readsNamesAndContents() throws {
    var tar = TarFile()
    tar.add("folder/", [], type: "5")
    tar.add("folder/a.jpg", Array(1...200))
    tar.add("./b.jpg", Array(repeating: 7, count: 512))
    tar.add("empty", [])
    #expect(
      try members(tar.ended) == [
        "folder/a.jpg": Array(1...200), "b.jpg": Array(repeating: 7, count: 512), "empty": [],
      ])
    // Some programs write no end.
    #expect(try members(tar.bytes).count == 3)
    #expect(try members([]).isEmpty)
  }

  /// GNU tar itself is the oracle, in each of its formats.
  @Test(arguments: ["ustar", "pax", "gnu", "oldgnu", "v7"])
  func readsWhatTarWrites(format: String) throws {
    try withTemporaryFolder { folder in
      let long = format == "v7" ? "short" : String(repeating: "long-folder/", count: 12)
      let name = format == "ustar" || format == "v7" ? "ä.jpg" : String(repeating: "n", count: 160) + ".jpg"
      try Files.makeFolder("\(folder)/in/\(long)")
      try Files.write("\(folder)/in/\(long)/\(name)", bytes: Array(0...255))
      try Files.write("\(folder)/in/b.txt", text: "text")
      let run = try ProcessRun(
        "/usr/bin/env", ["tar", "--format=\(format)", "-cf", "x.tar", "-C", "in", "."], in: folder)
      #expect(run.wait() == .exited(0), "\(run.errors)")
      let found = try members(Files.bytes(of: "\(folder)/x.tar"))
      #expect(found.count == 2)
      #expect(found["b.txt"] == Array("text".utf8))
      let path = "\(long)/\(name)".replacing("//", with: "/")
      #expect(found[path] == Array(0...255), "\(found.keys)")
    }
  }

  @Test func saysWhatIsWrong() {
    var tar = TarFile()
    tar.add("a.jpg", Array(1...200))
    #expect(
      problem(Array(tar.bytes[..<600]))
        == "x.tar: is cut short: 'a.jpg' has 200 bytes, of which 88 are there; copy or download the archive again")
    #expect(problem(tar.bytes + [1, 2])?.contains("is cut short within a header, at byte 1024") == true)
    var second = tar
    second.add("b.jpg", [1], checksumError: 1)
    #expect(
      problem(second.ended)
        == "x.tar: has a damaged header at byte 1024: its checksum is wrong; copy or download the archive again")
    #expect(
      problem(Array(repeating: 65, count: 2000))
        == "x.tar: is no tar archive; check that the file is what its name says")
    var huge = TarFile()
    huge.add("huge.jpg", [1], size: 1 << 32)
    #expect(problem(huge.ended)?.contains("'huge.jpg' has 4294967296 bytes, of which 1536 are there") == true)
  }

  /// Any prefix and any flipped byte ends in members or an error, never in a crash.
  @Test func survivesEveryDamage() {
    var tar = TarFile()
    tar.add("pax", Array("19 path=long/a.jpg\n".utf8), type: "x")
    tar.add("a.jpg", [1, 2, 3])
    tar.add("longname", Array("long/b.jpg\0".utf8), type: "L")
    tar.add("b.jpg", [4])
    for count in stride(from: 0, to: tar.bytes.count, by: 7) { _ = try? members(Array(tar.bytes[..<count])) }
    for place in tar.bytes.indices {
      var bytes = tar.bytes
      bytes[place] ^= 0xFF
      _ = try? members(bytes)
    }
  }
}
