import Basics
import Images
import Testing

/// Files with a byte changed, and files cut short, through every way of decoding: whole, in parts, at fractions.
///
/// `Scripts/fuzz` searches further; what it found is among these, by its kind.
@Suite struct DamageTests {
  static let files: [WindowGoldens.File] = WindowGoldens.shared.files.filter { file in
    [
      "jpeg 4:2:0", "jpeg progressive", "jpeg four inks", "png alpha orientation 6", "png palette",
      "webp orientation 5",
    ]
    .contains(file.name)
  }

  /// Decodes in all ways; nothing but an error that names the file may come of damage, and a part must fit the whole.
  private func decode(_ bytes: [UInt8], _ window: (ImageSize) -> PixelWindow) throws -> Bool {
    do {
      let file = try ImageFile(bytes, named: "damaged")
      // A changed size may ask for much memory, though it is only an instant's: tests need not wait for it.
      guard file.size.width * file.size.height < 1 << 18 else { return false }
      for divisor in file.format == .jpeg ? [1, 4] : [1] {
        let size = ImageSize(
          width: (file.size.width + divisor - 1) / divisor, height: (file.size.height + divisor - 1) / divisor)
        let window = window(size)
        let part = Result { try file.part(window, dividedBy: divisor) }
        let whole = try file.part(PixelWindow(size), dividedBy: divisor)
        #expect(
          try part.get()
            == whole.cropped(x: window.columns.lowerBound, y: window.rows.lowerBound, to: window.size))
      }
      return true
    } catch let error as InputError {
      #expect(error.place == "damaged" && !error.problem.isEmpty)
      return false
    }
  }

  private func windows(_ random: RandomStream) -> (ImageSize) -> PixelWindow {
    { size in
      var random = random
      func range(_ length: Int) -> Range<Int> {
        let start = random.integer(below: length)
        return start..<start + 1 + random.integer(below: length - start)
      }
      return PixelWindow(columns: range(size.width), rows: range(size.height))
    }
  }

  @Test(arguments: files) func aChangedByteIsAnErrorOrAnotherImage(_ file: WindowGoldens.File) throws {
    var random = RandomStream(seed: 17, file.bytes.count)
    var decoded = 0
    for _ in 0..<600 {
      var bytes = file.bytes
      bytes[random.integer(below: bytes.count)] ^= UInt8(1 << random.integer(below: 8))
      let window = windows(RandomStream(seed: 18, random.integer(below: 1 << 30)))
      if try decode(bytes, window) { decoded += 1 }
    }
    // A PNG has checksums; a changed JPEG is often just another image.
    #expect(decoded < 600 && (decoded > 50 || !file.name.hasPrefix("jpeg")), "\(decoded) of 600 were decoded")
  }

  @Test(arguments: files) func aFileCutShortIsAnError(_ file: WindowGoldens.File) throws {
    for count in stride(from: 0, to: file.bytes.count - 12, by: max(1, file.bytes.count / 150)) {
      let bytes = Array(file.bytes[..<count])
      #expect(try !decode(bytes, windows(RandomStream(seed: 19, count))), "after \(count) bytes")
    }
  }

  /// Found by the fuzzer: what the codec makes up for missing scans was not the same in a window.
  @Test func aProgressiveFileWithoutItsLastScansIsTheSameInParts() throws {
    let file = try #require(Self.files.first { $0.name == "jpeg progressive" })
    let scans = file.bytes.indices.dropLast().filter { file.bytes[$0] == 0xFF && file.bytes[$0 + 1] == 0xDA }
    try #require(scans.count > 4)
    for scan in scans.dropFirst() {
      // The tables before a scan are no harm.
      let bytes = Array(file.bytes[..<scan]) + [0xFF, 0xD9]
      for number in 0..<5 { #expect(try decode(bytes, windows(RandomStream(seed: 20, number)))) }
    }
  }
}
