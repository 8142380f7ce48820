public import Basics

/// Takes the colour away with some probability.
public struct RandomGrayscale: Augmentation {
  /// `grayscale`.
  public static let kind = "grayscale"

  /// What its source has.
  public static let usual = RandomGrayscale()

  /// How often it happens.
  public var probability: Double

  /// Creates the augmentation.
  public init(probability: Double = 0.2) {
    self.probability = probability
  }

  /// That the colour was taken away.
  public struct Gray: AugmentationParameters {
    /// `grayscale`.
    public static let kind = "grayscale"

    /// Creates a choice.
    public init() {}

    /// `gray`.
    public var words: String { "gray" }
  }

  /// What is wrong with the probability.
  public var problem: String? { Images.problem(withProbability: probability) }

  /// Chooses whether to take the colour away.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Gray? {
    stream.chance(probability) ? Gray() : nil
  }

  /// Takes the colour away; the number of channels stays.
  public func apply(_ parameters: Gray, to image: Image) -> Image {
    var result = image
    result.desaturate()
    return result
  }
}
