public import Basics

/// Shows the edges instead of the image with some probability.
///
/// Source: one of the transformations compared in SimCLR's study (figures 4 and 5).
public struct RandomSobel: Augmentation {
  /// `sobel`.
  public static let kind = "sobel"

  /// What its source has.
  public static let usual = RandomSobel()

  /// How often it happens.
  public var probability: Double

  /// Creates the augmentation.
  public init(probability: Double = 0.5) {
    self.probability = probability
  }

  /// That only edges are shown.
  public struct Edges: AugmentationParameters {
    /// `sobel`.
    public static let kind = "sobel"

    /// Creates a choice.
    public init() {}

    /// `edges`.
    public var words: String { "edges" }
  }

  /// What is wrong with the probability.
  public var problem: String? { Images.problem(withProbability: probability) }

  /// Chooses whether it happens.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Edges? {
    stream.chance(probability) ? Edges() : nil
  }

  /// Shows how steeply brightness changes.
  public func apply(_ parameters: Edges, to image: Image) -> Image {
    image.edges()
  }
}
