import Images

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What `Tests/Goldens/augmentations.py` had Pillow make.
struct ImageGoldens: Decodable, Sendable {
  struct Picture: Decodable, Sendable {
    let width, height, channels: Int
    let pixels: Data

    var image: Image { Image(width: width, height: height, channels: channels, pixels: Array(pixels)) }
  }

  struct Resize: Decodable, Sendable, CustomStringConvertible {
    let image, filter: String
    let box: [Double]?
    let cropped: Bool?
    let output: Picture

    var description: String {
      "\(image) \(filter) to \(output.width)×\(output.height) box \(box ?? []) cropped \(cropped ?? false)"
    }
  }

  struct Color: Decodable, Sendable, CustomStringConvertible {
    let image, kind: String
    let amount: Double
    let output: Picture

    var description: String { "\(image) \(kind) \(amount)" }
  }

  struct File: Decodable, Sendable, CustomStringConvertible {
    let name: String
    let data: Data
    let output: Picture
    let tolerance: Int

    var bytes: [UInt8] { Array(data) }
    var description: String { name }
  }

  let images: [String: Picture]
  let resizes: [Resize]
  let colors: [Color]
  let files: [File]

  static let shared: ImageGoldens = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    // A missing or damaged golden file is a broken checkout: every test must stop.
    return try! JSONDecoder().decode(
      ImageGoldens.self, from: Data(contentsOf: URL(filePath: "\(path)/Goldens/augmentations.json")))
  }()
}

/// How far two images of the same shape are apart, in levels.
struct Difference {
  let mean: Double
  let largest: Int

  init(_ a: Image, _ b: Image) {
    precondition(a.size == b.size && a.channels == b.channels, "\(a.size)·\(a.channels) is not \(b.size)·\(b.channels)")
    let differences = zip(a.pixels, b.pixels).map { abs(Int($0) - Int($1)) }
    mean = Double(differences.reduce(0, +)) / Double(differences.count)
    largest = differences.max()!
  }
}

/// An image of noise.
func noise(_ width: Int, _ height: Int, channels: Int = 3, seed: UInt64 = 1) -> Image {
  var state = seed
  let pixels = (0..<width * height * channels).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 56)
  }
  return Image(width: width, height: height, channels: channels, pixels: pixels)
}

/// An image that changes slowly, as photographs do.
func gradient(_ width: Int, _ height: Int) -> Image {
  let pixels = (0..<width * height).flatMap { i -> [UInt8] in
    let (x, y) = (i % width, i / width)
    return [UInt8(255 * x / max(width - 1, 1)), UInt8(255 * y / max(height - 1, 1)), UInt8((3 * x + 5 * y) % 256)]
  }
  return Image(width: width, height: height, pixels: pixels)
}
