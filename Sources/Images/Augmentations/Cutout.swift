public import Basics

/// Covers a square whose middle lies anywhere in the image, with some probability; what lies beyond the edge is cut off.
///
/// Source: DeVries, Taylor. "Improved Regularization of Convolutional Neural Networks with Cutout." 2017: a square of
/// 16 pixels at CIFAR-10's 32, covered with the images' mean.
public struct Cutout: Augmentation {
  /// `cutout`.
  public static let kind = "cutout"

  /// The authors' on CIFAR-10.
  public static let usual = Cutout()

  /// How often it happens.
  public var probability: Double

  /// The square's side as a share of the image's shorter side.
  public var side: Double

  /// What covers the square.
  public var fill: ErasingFill

  /// Creates the augmentation.
  public init(probability: Double = 1, side: Double = 0.5, fill: ErasingFill = .level(128)) {
    self.probability = probability
    self.side = side
    self.fill = fill
  }

  /// What is wrong with the settings.
  public var problem: String? {
    side > 0 && side <= 1
      ? Images.problem(withProbability: probability) : "a cutout's side is above 0 and at most 1, not \(side)"
  }

  /// Chooses whether to cover a square, and where.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> ErasedBox? {
    guard stream.chance(probability) else { return nil }
    let length = max(1, Int((Double(min(size.width, size.height)) * side).rounded()))
    let (x, y) = (stream.integer(below: size.width), stream.integer(below: size.height))
    let (left, top) = (max(x - length / 2, 0), max(y - length / 2, 0))
    let (right, bottom) = (
      min(x - length / 2 + length, size.width), min(y - length / 2 + length, size.height)
    )
    let box = ImageBox(x: Double(left), y: Double(top), width: Double(right - left), height: Double(bottom - top))
    return ErasedBox(box: box, fill: fill, seed: stream.next32())
  }

  /// Covers the square.
  public func apply(_ parameters: ErasedBox, to image: Image) -> Image {
    image.erased(parameters)
  }
}
