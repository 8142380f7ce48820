public import Basics

/// Turns the image by right angles with some probability.
///
/// Sources: SimCLR's study turns by one of 0°, 90°, 180°, 270° (figures 4 and 5), as does LooC (Xiao et al., ICLR 2021);
/// lightly's `RandomRotate` always by 90°.
public struct RandomTurn: Augmentation {
  /// `turn`.
  public static let kind = "turn"

  /// One of the four, each equally likely.
  public static let usual = RandomTurn()

  /// How often it happens.
  public var probability: Double

  /// The numbers of right angles to choose among, counter-clockwise, each 0 … 3.
  public var quarters: [Int]

  /// Creates the augmentation.
  public init(probability: Double = 1, quarters: [Int] = [0, 1, 2, 3]) {
    self.probability = probability
    self.quarters = quarters
  }

  /// By how many right angles the image was turned.
  public struct Turn: AugmentationParameters {
    /// `turn`.
    public static let kind = "turn"

    /// The number of right angles, counter-clockwise.
    public let quarters: Int

    /// Creates a choice.
    public init(quarters: Int) {
      self.quarters = quarters
    }

    /// Such as `turned 90°`.
    public var words: String { "turned \(quarters * 90)°" }

    /// An odd number swaps the sides.
    public func size(after size: ImageSize) -> ImageSize {
      quarters % 2 == 0 ? size : ImageSize(width: size.height, height: size.width)
    }
  }

  /// What is wrong with the settings.
  public var problem: String? {
    if quarters.isEmpty { return "quarters names no right angles to choose among" }
    if let wrong = quarters.first(where: { !(0...3).contains($0) }) { return "quarters are 0 … 3, not \(wrong)" }
    return Images.problem(withProbability: probability)
  }

  /// Chooses whether to turn, and how far.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Turn? {
    guard stream.chance(probability) else { return nil }
    return Turn(quarters: quarters[stream.integer(below: quarters.count)])
  }

  /// Turns the image.
  public func apply(_ parameters: Turn, to image: Image) -> Image {
    image.turned(quarters: parameters.quarters)
  }
}
