public import Basics

/// Stretches the values of every channel to the whole range with some probability.
///
/// Source: torchvision's `RandomAutocontrast`; one of AutoAugment's operations (Cubuk et al., CVPR 2019, table 6).
public struct RandomAutocontrast: Augmentation {
  /// `autocontrast`.
  public static let kind = "autocontrast"

  /// What its source has.
  public static let usual = RandomAutocontrast()

  /// How often it happens.
  public var probability: Double

  /// Creates the augmentation.
  public init(probability: Double = 0.5) {
    self.probability = probability
  }

  /// That contrast was stretched.
  public struct Stretched: AugmentationParameters {
    /// `autocontrast`.
    public static let kind = "autocontrast"

    /// Creates a choice.
    public init() {}

    /// `contrast stretched`.
    public var words: String { "contrast stretched" }
  }

  /// What is wrong with the probability.
  public var problem: String? { Images.problem(withProbability: probability) }

  /// Chooses whether it happens.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Stretched? {
    stream.chance(probability) ? Stretched() : nil
  }

  /// Stretches contrast.
  public func apply(_ parameters: Stretched, to image: Image) -> Image {
    var result = image
    result.stretchContrast()
    return result
  }
}
