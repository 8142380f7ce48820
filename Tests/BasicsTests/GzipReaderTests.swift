import TestSupport
import Testing

@testable import Basics

@Suite struct GzipReaderTests {
  /// Bytes that a compressor makes several blocks of: words of random length.
  private static func words(_ count: Int) -> [UInt8] {
    var random = RandomStream(seed: 3)
    var bytes: [UInt8] = []
    while bytes.count < count {
      let word = random.integer(below: 400)
      bytes +=
        (0...(word % 7)).map { UInt8(truncatingIfNeeded: word &* 31 &+ $0 &* 17) } + [UInt8(random.integer(below: 256))]
    }
    return Array(bytes.prefix(count))
  }

  /// What the gzip program makes of bytes.
  static func compressed(_ bytes: [UInt8], level: Int = 6) throws -> [UInt8] {
    try withTemporaryFolder { folder in
      try Files.write("\(folder)/x", bytes: bytes)
      let run = try ProcessRun("/usr/bin/env", ["gzip", "-\(level)", "x"], in: folder)
      #expect(run.wait() == .exited(0), "\(run.errors)")
      return try Files.bytes(of: "\(folder)/x.gz")
    }
  }

  private func all(_ reader: GzipReader, part: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: part)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try reader.read(into: $0) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  @Test(arguments: [1, 6, 9]) func readsFromEveryPoint(level: Int) throws {
    let bytes = Self.words(400_000)
    // Two files after one another, and zeros, are one.
    let file =
      try Self.compressed(Array(bytes[..<150_001]), level: level)
      + Self.compressed(Array(bytes[150_001...]), level: level) + [0, 0, 0]
    try file.withUnsafeBytes { file in
      let reader = try GzipReader(file, named: "x.gz")
      reader.notePoints(every: 10_000, most: 1000)
      #expect(try all(reader, part: 7777) == bytes)
      #expect(reader.points.count > 5)
      #expect(zip(reader.points, reader.points.dropFirst()).allSatisfy { $0.output + 10_000 <= $1.output })
      #expect(reader.points.contains { $0.output == 150_001 })
      #expect(reader.points.contains { $0.bits > 0 })  // a point within a byte
      for point in reader.points {
        let later = try GzipReader(file, named: "x.gz", at: point)
        #expect(later.position == point.output)
        #expect(try all(later, part: 100_000) == Array(bytes[point.output...]))
      }
    }
  }

  @Test func keepsFewPoints() throws {
    let file = try Self.compressed(Self.words(600_000))
    try file.withUnsafeBytes { file in
      let reader = try GzipReader(file, named: "x.gz")
      reader.notePoints(every: 5000, most: 8)
      _ = try all(reader, part: 1000)
      #expect((3...8).contains(reader.points.count))
      #expect(reader.points[0].output == 0)
    }
  }

  @Test func saysWhatIsWrong() throws {
    let file = try Self.compressed(Self.words(50_000))
    func problem(_ bytes: [UInt8]) -> String? {
      #expect(throws: InputError.self) {
        try bytes.withUnsafeBytes { try all(GzipReader($0, named: "x.gz"), part: 1000) }
      }?.description
    }
    #expect(problem(Array(file.dropLast(3))) == "x.gz: is cut short (gzip); copy or download the file again")
    var wrong = file
    wrong[file.count - 6] ^= 1
    #expect(problem(wrong) == "x.gz: is damaged (gzip); copy or download the file again")
    #expect(problem([]) == "x.gz: is cut short (gzip); copy or download the file again")
  }

  @Test func expandsIntoAFileWithoutAName() throws {
    let bytes = Self.words(300_000)
    let file = try Self.compressed(bytes)
    let expanded = try file.withUnsafeBytes { try Gzip.expandedFile($0, named: "x.gz") }
    #expect(Array(expanded.bytes) == bytes)
  }
}
