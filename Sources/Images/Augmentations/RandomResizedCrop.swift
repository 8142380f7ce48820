public import Basics

/// Cuts a random box out of the image and resizes it: the augmentation that contrastive learning cannot do without.
///
/// The box's area is a uniform share of the image's, its aspect (width over height) log-uniform. A box that does not
/// fit is drawn again, ten times at most; then the largest box in the middle whose aspect is allowed is taken. Its
/// place is uniform. Boxes lie on whole pixels, and pixels outside of them are not seen.
///
/// Source: Szegedy et al. "Going Deeper with Convolutions." CVPR 2015, section 6, with the details of torchvision's
/// `RandomResizedCrop` (google-research/simclr draws the aspect uniformly and tries 100 times).
public struct RandomResizedCrop: CroppingAugmentation {
  /// `crop`.
  public static let kind = "crop"

  /// What its source has.
  public static let usual = RandomResizedCrop()

  /// The box's share of the image's area, within 0 … 1.
  public var area: ClosedRange<Double>

  /// The box's width over its height.
  public var aspect: ClosedRange<Double>

  /// How pixels are mixed.
  public var filter: ResizeFilter

  /// Creates the augmentation.
  public init(
    area: ClosedRange<Double> = 0.08...1, aspect: ClosedRange<Double> = 3 / 4...4 / 3,
    filter: ResizeFilter = .bilinear
  ) {
    self.area = area
    self.aspect = aspect
    self.filter = filter
  }

  /// What is wrong with the ranges.
  public var problem: String? {
    ImageBox.problem(withArea: area, aspect: aspect)
  }

  /// Chooses a box.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Crop? {
    let box = ImageBox.random(in: size, area: area, aspect: aspect, using: &stream)
    return Crop(box: box ?? middle(of: size), output: output)
  }

  /// The largest box in the middle whose aspect is allowed.
  private func middle(of size: ImageSize) -> ImageBox {
    var (width, height) = (Double(size.width), Double(size.height))
    if width / height < aspect.lowerBound {
      height = min(max((width / aspect.lowerBound).rounded(), 1), height)
    } else if width / height > aspect.upperBound {
      width = min(max((height * aspect.upperBound).rounded(), 1), width)
    }
    return ImageBox(
      x: ((Double(size.width) - width) / 2).rounded(.down), y: ((Double(size.height) - height) / 2).rounded(.down),
      width: width, height: height)
  }

  /// Nothing around the box is seen.
  public func window(around box: ImageBox, in size: ImageSize) -> PixelWindow { PixelWindow(around: box) }
}
