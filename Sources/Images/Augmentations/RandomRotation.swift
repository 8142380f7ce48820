public import Basics

/// Turns the image about its middle by an angle, in its own size, with some probability.
///
/// Source: torchvision's `RandomRotation`.
public struct RandomRotation: Augmentation {
  /// `rotate`.
  public static let kind = "rotate"

  /// Up to 15° either way, half of the time.
  public static let usual = RandomRotation()

  /// How often it happens.
  public var probability: Double

  /// The angle, counter-clockwise; each in the range equally likely.
  public var degrees: ClosedRange<Double>

  /// How pixels are mixed.
  public var filter: RotationFilter

  /// The value of pixels that show nothing of the image.
  public var level: UInt8

  /// Creates the augmentation.
  public init(
    probability: Double = 0.5, degrees: ClosedRange<Double> = -15...15, filter: RotationFilter = .nearest,
    level: UInt8 = 0
  ) {
    self.probability = probability
    self.degrees = degrees
    self.filter = filter
    self.level = level
  }

  /// By how much the image was turned.
  public struct Angle: AugmentationParameters {
    /// `rotate`.
    public static let kind = "rotate"

    /// The angle, counter-clockwise.
    public let degrees: Double

    /// Creates a choice.
    public init(degrees: Double) {
      self.degrees = degrees
    }

    /// Such as `rotated 12°`.
    public var words: String { "rotated \(degrees.rounded(decimals: 0))°" }
  }

  /// What is wrong with the settings.
  public var problem: String? {
    degrees.lowerBound >= -360 && degrees.upperBound <= 360
      ? Images.problem(withProbability: probability) : "degrees are −360 … 360, not \(degrees)"
  }

  /// Chooses whether to turn, and how far.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Angle? {
    stream.chance(probability) ? Angle(degrees: stream.uniform(in: degrees)) : nil
  }

  /// Turns the image.
  public func apply(_ parameters: Angle, to image: Image) -> Image {
    image.rotated(degrees: parameters.degrees, filter: filter, level: level)
  }
}
