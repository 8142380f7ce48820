public import Basics

/// Keeps only the highest bits of every value with some probability.
///
/// Source: torchvision's `RandomPosterize`; one of AutoAugment's operations (Cubuk et al., CVPR 2019, table 6).
public struct RandomPosterize: Augmentation {
  /// `posterize`.
  public static let kind = "posterize"

  /// Half of the bits, half of the time.
  public static let usual = RandomPosterize()

  /// How often it happens.
  public var probability: Double

  /// How many bits stay, 1 … 8.
  public var bits: Int

  /// Creates the augmentation.
  public init(probability: Double = 0.5, bits: Int = 4) {
    self.probability = probability
    self.bits = bits
  }

  /// How many bits stayed.
  public struct Bits: AugmentationParameters {
    /// `posterize`.
    public static let kind = "posterize"

    /// How many bits stay.
    public let bits: Int

    /// Creates a choice.
    public init(bits: Int) {
      self.bits = bits
    }

    /// Such as `4 bits`.
    public var words: String { bits == 1 ? "1 bit" : "\(bits) bits" }
  }

  /// What is wrong with the settings.
  public var problem: String? {
    (1...8).contains(bits) ? Images.problem(withProbability: probability) : "bits are 1 … 8, not \(bits)"
  }

  /// Chooses whether it happens.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Bits? {
    stream.chance(probability) ? Bits(bits: bits) : nil
  }

  /// Drops the lower bits.
  public func apply(_ parameters: Bits, to image: Image) -> Image {
    var result = image
    result.posterize(to: parameters.bits)
    return result
  }
}
