public import Basics

/// Makes all values of every channel about equally frequent with some probability.
///
/// Source: torchvision's `RandomEqualize`; one of AutoAugment's operations (Cubuk et al., CVPR 2019, table 6).
public struct RandomEqualize: Augmentation {
  /// `equalize`.
  public static let kind = "equalize"

  /// What its source has.
  public static let usual = RandomEqualize()

  /// How often it happens.
  public var probability: Double

  /// Creates the augmentation.
  public init(probability: Double = 0.5) {
    self.probability = probability
  }

  /// That values were spread.
  public struct Equalized: AugmentationParameters {
    /// `equalize`.
    public static let kind = "equalize"

    /// Creates a choice.
    public init() {}

    /// `equalized`.
    public var words: String { "equalized" }
  }

  /// What is wrong with the probability.
  public var problem: String? { Images.problem(withProbability: probability) }

  /// Chooses whether it happens.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Equalized? {
    stream.chance(probability) ? Equalized() : nil
  }

  /// Spreads values.
  public func apply(_ parameters: Equalized, to image: Image) -> Image {
    var result = image
    result.equalize()
    return result
  }
}
