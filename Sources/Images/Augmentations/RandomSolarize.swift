public import Basics

/// Inverts bright values with some probability.
///
/// Source: Grill et al. "Bootstrap Your Own Latent." NeurIPS 2020, appendix B (probability 0.2 on one view).
public struct RandomSolarize: Augmentation {
  /// `solarize`.
  public static let kind = "solarize"

  /// What its source has.
  public static let usual = RandomSolarize()

  /// How often it happens.
  public var probability: Double

  /// The lowest value that is inverted.
  public var threshold: UInt8

  /// Creates the augmentation.
  public init(probability: Double = 0.2, threshold: UInt8 = 128) {
    self.probability = probability
    self.threshold = threshold
  }

  /// That bright values were inverted.
  public struct Inversion: AugmentationParameters {
    /// `solarize`.
    public static let kind = "solarize"

    /// The lowest value that is inverted.
    public let threshold: UInt8

    /// Creates a choice.
    public init(threshold: UInt8) {
      self.threshold = threshold
    }

    /// Such as `inverted from 128`.
    public var words: String { "inverted from \(threshold)" }
  }

  /// What is wrong with the probability.
  public var problem: String? { Images.problem(withProbability: probability) }

  /// Chooses whether to invert.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Inversion? {
    stream.chance(probability) ? Inversion(threshold: threshold) : nil
  }

  /// Inverts bright values.
  public func apply(_ parameters: Inversion, to image: Image) -> Image {
    var result = image
    result.solarize(from: parameters.threshold)
    return result
  }
}
