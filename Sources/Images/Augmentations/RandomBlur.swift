public import Basics

/// Blurs the image with a Gaussian with some probability.
///
/// σ is uniform, drawn anew for every view (google-research/simclr draws one for a whole batch). Beyond its edge the
/// image goes on with the colour of the edge (google-research/simclr has black there, torchvision the mirror image).
public struct RandomBlur: Augmentation {
  /// `blur`.
  public static let kind = "blur"

  /// What its source has.
  public static let usual = RandomBlur()

  /// How the Gaussian is made.
  public enum Method: Hashable, Sendable {
    /// Sampled, and a tenth of the image's height wide, rounded down to an odd number: google-research/simclr.
    case tenthOfHeight
    /// Three boxes: Pillow, and so most recipes for torchvision.
    case boxes
    /// Sampled at an odd number of places: torchvision's `GaussianBlur`, in JSON `kernel23` for 23 of them.
    case kernel(width: Int)
  }

  /// How often it happens.
  public var probability: Double

  /// The standard deviation in pixels.
  public var sigma: ClosedRange<Double>

  /// How the Gaussian is made.
  public var method: Method

  /// Creates the augmentation.
  public init(probability: Double = 0.5, sigma: ClosedRange<Double> = 0.1...2, method: Method = .boxes) {
    self.probability = probability
    self.sigma = sigma
    self.method = method
  }

  /// How the image was blurred.
  public struct Blur: AugmentationParameters {
    /// `blur`.
    public static let kind = "blur"

    /// The standard deviation in pixels.
    public let sigma: Double

    /// The shape that stands for the Gaussian.
    public let kernel: BlurKernel

    /// Creates a choice.
    public init(sigma: Double, kernel: BlurKernel) {
      self.sigma = sigma
      self.kernel = kernel
    }

    /// Such as `blur 1.3`.
    public var words: String { "blur \(sigma.rounded(decimals: 1))" }
  }

  /// What is wrong with the settings.
  public var problem: String? {
    if sigma.lowerBound <= 0 || sigma.upperBound > 1000 {
      return "a blur's sigma is above 0 and at most 1000, not \(sigma)"
    }
    if case .kernel(let width) = method, !(1...1001).contains(width) || width % 2 == 0 {
      return "a blur's kernel has an odd width of 1 … 1001, not \(width)"
    }
    return Images.problem(withProbability: probability)
  }

  /// Chooses whether to blur, and how much.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Blur? {
    guard stream.chance(probability) else { return nil }
    let sigma = stream.uniform(in: sigma)
    switch method {
    case .boxes:
      return Blur(sigma: sigma, kernel: .boxes)
    case .tenthOfHeight:
      return Blur(sigma: sigma, kernel: .sampled(radius: Self.radius(size.height / 10, sigma)))
    case .kernel(let width):
      return Blur(sigma: sigma, kernel: .mirrored(radius: Self.radius(width, sigma)))
    }
  }

  /// Half the width, rounded down, as far as there is anything of the Gaussian: nothing is left beyond 4σ.
  private static func radius(_ width: Int, _ sigma: Double) -> Int {
    min(width / 2, Int((4 * sigma).rounded(.up)))
  }

  /// Blurs the image.
  public func apply(_ parameters: Blur, to image: Image) -> Image {
    image.blurred(sigma: parameters.sigma, kernel: parameters.kernel)
  }
}

extension RandomBlur.Method: Codable {
  /// Reads `boxes`, `tenthOfHeight`, or `kernel` with a width.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    let name = try value.decode(String.self)
    if name == "boxes" {
      self = .boxes
    } else if name == "tenthOfHeight" {
      self = .tenthOfHeight
    } else if name.hasPrefix("kernel"), let width = Int(name.dropFirst(6)) {
      self = .kernel(width: width)
    } else {
      throw DecodingError.dataCorruptedError(
        in: value, debugDescription: "is none of boxes, tenthOfHeight, and kernel with a width such as kernel23")
    }
  }

  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .boxes: try container.encode("boxes")
    case .tenthOfHeight: try container.encode("tenthOfHeight")
    case .kernel(let width): try container.encode("kernel\(width)")
    }
  }
}
