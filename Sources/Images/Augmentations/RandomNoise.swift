public import Basics

/// Adds Gaussian noise with some probability.
///
/// Source: one of the transformations compared in SimCLR's study (figures 4 and 5); torchvision's `GaussianNoise`, whose
/// images are 0 … 1, has σ = 0.1 there.
public struct RandomNoise: Augmentation {
  /// `noise`.
  public static let kind = "noise"

  /// torchvision's strength at most, half of the time.
  public static let usual = RandomNoise()

  /// How often it happens.
  public var probability: Double

  /// The noise's standard deviation as a part of the whole range of values.
  public var sigma: ClosedRange<Double>

  /// Creates the augmentation.
  public init(probability: Double = 0.5, sigma: ClosedRange<Double> = 0...0.1) {
    self.probability = probability
    self.sigma = sigma
  }

  /// The noise that was added.
  public struct Noise: AugmentationParameters {
    /// `noise`.
    public static let kind = "noise"

    /// Its standard deviation as a part of the whole range of values.
    public let sigma: Double

    /// What it is drawn from, see `PixelNoise`.
    public let seed: UInt32

    /// Creates a choice.
    public init(sigma: Double, seed: UInt32) {
      self.sigma = sigma
      self.seed = seed
    }

    /// Such as `noise 0.05`.
    public var words: String { "noise \(sigma.rounded(decimals: 2))" }
  }

  /// What is wrong with the settings.
  public var problem: String? {
    sigma.lowerBound >= 0 && sigma.upperBound <= 1
      ? Images.problem(withProbability: probability) : "a noise's sigma is 0 … 1, not \(sigma)"
  }

  /// Chooses whether to add noise, and how much.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Noise? {
    guard stream.chance(probability) else { return nil }
    return Noise(sigma: stream.uniform(in: sigma), seed: stream.next32())
  }

  /// Adds the noise.
  public func apply(_ parameters: Noise, to image: Image) -> Image {
    var result = image
    result.addNoise(deviation: 255 * parameters.sigma, seed: parameters.seed)
    return result
  }
}

extension RandomStream {
  /// Returns 32 random bits, which name what a pixel's place is hashed with.
  mutating func next32() -> UInt32 { UInt32(truncatingIfNeeded: next() >> 32) }
}
