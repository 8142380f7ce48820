public import Basics

/// Covers a random box with one value or with noise, with some probability.
///
/// The box's area is a uniform share of the image's, its aspect (width over height) log-uniform, its place uniform. A
/// box that does not fit is drawn again, ten times at most; then nothing is covered.
///
/// Source: Zhong et al. "Random Erasing Data Augmentation." AAAI 2020, algorithm 1, with the ranges of torchvision's
/// `RandomErasing` (the authors erase at most 40 % of the area).
public struct RandomErasing: Augmentation {
  /// `erase`.
  public static let kind = "erase"

  /// torchvision's.
  public static let usual = RandomErasing()

  /// How often it happens.
  public var probability: Double

  /// The box's share of the image's area, within 0 … 1.
  public var area: ClosedRange<Double>

  /// The box's width over its height.
  public var aspect: ClosedRange<Double>

  /// What covers the box.
  public var fill: ErasingFill

  /// Creates the augmentation.
  public init(
    probability: Double = 0.5, area: ClosedRange<Double> = 0.02...0.33, aspect: ClosedRange<Double> = 0.3...3.3,
    fill: ErasingFill = .level(0)
  ) {
    self.probability = probability
    self.area = area
    self.aspect = aspect
    self.fill = fill
  }

  /// What is wrong with the settings.
  public var problem: String? {
    ImageBox.problem(withArea: area, aspect: aspect) ?? Images.problem(withProbability: probability)
  }

  /// Chooses whether to cover a box, and which.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> ErasedBox? {
    guard stream.chance(probability) else { return nil }
    guard let box = ImageBox.random(in: size, area: area, aspect: aspect, using: &stream) else { return nil }
    return ErasedBox(box: box, fill: fill, seed: stream.next32())
  }

  /// Covers the box.
  public func apply(_ parameters: ErasedBox, to image: Image) -> Image {
    image.erased(parameters)
  }
}
