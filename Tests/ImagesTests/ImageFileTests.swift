import Basics
import Images
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What `Tests/Goldens/windows.py` had Pillow make.
struct WindowGoldens: Decodable, Sendable {
  struct File: Decodable, Sendable, CustomStringConvertible {
    let name: String
    let data, whole: Data
    let tolerance: Int
    let fractions: [Int: Data]?

    var bytes: [UInt8] { Array(data) }
    var description: String { name }
    var divisors: [Int] { name.hasPrefix("jpeg") ? [1, 2, 4, 8] : [1] }

    func expected(_ divisor: Int) throws -> Image? {
      try (divisor == 1 ? whole : fractions?[divisor]).map { try Image(decoding: Array($0), named: "golden") }
    }
  }

  let files: [File]

  static let shared: WindowGoldens = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    // A missing or damaged golden file is a broken checkout: every test must stop.
    return try! JSONDecoder().decode(
      WindowGoldens.self, from: Data(contentsOf: URL(filePath: "\(path)/Goldens/windows.json")))
  }()
}

@Suite struct ImageFileTests {
  func window(in size: ImageSize, using random: inout RandomStream) -> PixelWindow {
    func range(_ length: Int) -> Range<Int> {
      let start = random.integer(below: length)
      return start..<start + 1 + random.integer(below: length - start)
    }
    return PixelWindow(columns: range(size.width), rows: range(size.height))
  }

  @Test(arguments: WindowGoldens.shared.files) func agreesWithPillowAtEverySize(_ file: WindowGoldens.File) throws {
    let image = try ImageFile(file.bytes, named: file.name)
    #expect(try image.size == file.expected(1)!.size)
    for divisor in file.divisors {
      guard let expected = try file.expected(divisor) else { continue }
      let found = try image.part(PixelWindow(expected.size), dividedBy: divisor)
      #expect(Difference(found, expected).largest <= file.tolerance, "1/\(divisor)")
    }
  }

  /// Pillow knows no windows: what is cut out of the whole is the oracle.
  @Test(arguments: WindowGoldens.shared.files) func aPartIsThatOfTheWhole(_ file: WindowGoldens.File) throws {
    let image = try ImageFile(file.bytes, named: file.name)
    var random = RandomStream(seed: 1, file.bytes.count)
    for divisor in file.divisors {
      let size = ImageSize(
        width: (image.size.width + divisor - 1) / divisor, height: (image.size.height + divisor - 1) / divisor)
      let whole = try image.part(PixelWindow(size), dividedBy: divisor)
      for _ in 0..<40 {
        let window = window(in: size, using: &random)
        let expected = whole.cropped(x: window.columns.lowerBound, y: window.rows.lowerBound, to: window.size)
        #expect(try image.part(window, dividedBy: divisor) == expected, "\(window) of \(size)")
      }
    }
  }

  @Test func aFileCutShortIsNoticedAboveTheCut() throws {
    let bytes = gradient(120, 90).jpeg(quality: 80)
    let top = PixelWindow(columns: 30..<50, rows: 0..<8)
    for count in stride(from: bytes.count / 2, to: bytes.count - 1, by: 7) {
      let file = try ImageFile(Array(bytes[..<count]), named: "photos/a cat")
      let error = #expect(throws: InputError.self) { try file.part(top) }
      #expect(error?.description.hasPrefix("photos/a cat: is a JPEG that cannot be read: ") == true)
    }
    #expect(throws: Never.self) { try ImageFile(bytes, named: "whole").part(top) }
  }

  @Test func aHeaderThatPromisesTooMuchIsRefused() throws {
    var bytes = gradient(16, 16).jpeg()
    let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
    // Height and width follow the marker, the length and the precision.
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0x40, 0, 0x40, 0])
    var error = #expect(throws: InputError.self) { try ImageFile(bytes, named: "bomb") }
    #expect(error?.problem.contains("promises 16384×16384 pixels but holds only \(bytes.count) bytes") == true)
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0xF0, 0, 0xF0, 0])
    error = #expect(throws: InputError.self) { try ImageFile(bytes, named: "bomb") }
    #expect(error?.problem.contains("beyond 500 megapixels") == true)
  }

  @Test func aMemberOfALargerFileIsRead() throws {
    let image = noise(9, 5)
    let path = "/tmp/kindred-member-\(UInt64.random(in: .min ... .max))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let member = image.png()
    try Files.write(path, bytes: [1, 2, 3] + member + [4, 5])
    let file = try ImageFile(3..<3 + member.count, of: MappedFile(path), named: "archive/a.png")
    #expect(file.format == .png && file.size == image.size)
    #expect(try file.image() == image)
  }
}
