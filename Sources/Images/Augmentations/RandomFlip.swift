public import Basics

/// Mirrors the image with some probability.
public struct RandomFlip: Augmentation {
  /// `flip`.
  public static let kind = "flip"

  /// What its source has.
  public static let usual = RandomFlip()

  /// The direction.
  public var axis: MirrorAxis

  /// How often it happens.
  public var probability: Double

  /// Creates the augmentation.
  public init(_ axis: MirrorAxis = .horizontal, probability: Double = 0.5) {
    self.axis = axis
    self.probability = probability
  }

  /// That the image was mirrored.
  public struct Flip: AugmentationParameters {
    /// `flip`.
    public static let kind = "flip"

    /// The direction.
    public let axis: MirrorAxis

    /// Creates a choice.
    public init(axis: MirrorAxis) {
      self.axis = axis
    }

    /// `mirrored` or `upside down`.
    public var words: String { axis == .horizontal ? "mirrored" : "upside down" }
  }

  /// What is wrong with the probability.
  public var problem: String? { Images.problem(withProbability: probability) }

  /// Chooses whether to mirror.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Flip? {
    stream.chance(probability) ? Flip(axis: axis) : nil
  }

  /// Mirrors the image.
  public func apply(_ parameters: Flip, to image: Image) -> Image {
    image.flipped(parameters.axis)
  }
}
