import Basics

/// What covers a part of an image: one value, written as a number 0 … 255, or `"noise"`.
public enum ErasingFill: Hashable, Sendable {
  /// The same value everywhere.
  case level(UInt8)
  /// Values that are all equally likely.
  case noise
}

extension ErasingFill: Codable {
  /// Reads a number or `"noise"`.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let level = try? value.decode(UInt8.self) {
      self = .level(level)
    } else if (try? value.decode(String.self)) == "noise" {
      self = .noise
    } else {
      throw DecodingError.dataCorruptedError(
        in: value, debugDescription: "is neither a whole number 0 … 255 nor \"noise\"")
    }
  }

  /// Writes a number or `"noise"`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .level(let level): try container.encode(level)
    case .noise: try container.encode("noise")
    }
  }
}

/// A box on whole pixels that was covered: the choice of every augmentation that erases.
public struct ErasedBox: AugmentationParameters {
  /// `erase`.
  public static let kind = "erase"

  /// The part that is covered.
  public let box: ImageBox

  /// What covers it.
  public let fill: ErasingFill

  /// What noise is drawn from.
  public let seed: UInt32

  /// Creates a choice.
  public init(box: ImageBox, fill: ErasingFill, seed: UInt32 = 0) {
    self.box = box
    self.fill = fill
    self.seed = seed
  }

  /// Such as `erased 8×12 at 3,4`.
  public var words: String {
    func short(_ x: Double) -> String { x.rounded(decimals: 0) }
    return "erased \(short(box.width))×\(short(box.height)) at \(short(box.x)),\(short(box.y))"
  }
}

extension Image {
  /// The image with a box covered; noise is that of every value's place in the whole image.
  func erased(_ choice: ErasedBox) -> Image {
    precondition(choice.box.fits(size), "\(choice.box) does not lie within an image of \(width)×\(height)")
    var result = self
    let noise = PixelNoise(seed: choice.seed)
    let (left, right) = (Int(choice.box.x), Int(choice.box.x + choice.box.width))
    for y in Int(choice.box.y)..<Int(choice.box.y + choice.box.height) {
      for i in (y * width + left) * channels..<(y * width + right) * channels {
        switch choice.fill {
        case .level(let level): result.pixels[i] = level
        case .noise: result.pixels[i] = UInt8(noise.bits(i) >> 24)
        }
      }
    }
    return result
  }
}

extension ImageBox {
  /// A random box on whole pixels: its area a uniform share of the image's, its aspect (width over height) log-uniform,
  /// its place uniform; nil when ten of them in a row did not fit.
  static func random(
    in size: ImageSize, area: ClosedRange<Double>, aspect: ClosedRange<Double>, using stream: inout RandomStream
  ) -> ImageBox? {
    let (fullWidth, fullHeight) = (Double(size.width), Double(size.height))
    for _ in 0..<10 {
      let target = fullWidth * fullHeight * stream.uniform(in: area)
      let ratio = Double.exp(stream.uniform(in: Double.log(aspect.lowerBound)...Double.log(aspect.upperBound)))
      let width = (target * ratio).squareRoot().rounded()
      let height = (target / ratio).squareRoot().rounded()
      guard width >= 1, height >= 1, width <= fullWidth, height <= fullHeight else { continue }
      let x = stream.integer(below: size.width - Int(width) + 1)
      let y = stream.integer(below: size.height - Int(height) + 1)
      return ImageBox(x: Double(x), y: Double(y), width: width, height: height)
    }
    return nil
  }

  /// Says what is wrong with the ranges of random boxes; nil when nothing is.
  static func problem(withArea area: ClosedRange<Double>, aspect: ClosedRange<Double>) -> String? {
    if area.lowerBound <= 0 || area.upperBound > 1 { return "a box's area is above 0 and at most 1, not \(area)" }
    if aspect.lowerBound <= 0 || !aspect.upperBound.isFinite { return "a box's aspect is above 0, not \(aspect)" }
    return nil
  }
}
