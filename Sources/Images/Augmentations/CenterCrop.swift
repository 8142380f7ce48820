public import Basics

/// Cuts the middle out of the image, in the shape of the output, and resizes it: how images are measured.
///
/// It is the same, in one step, as resizing the image until it just covers the output (divided by the proportion) and
/// then cropping the middle, both in whole pixels as torchvision's `Resize` and `CenterCrop` do, and timm's evaluation.
/// Nothing about it is random.
public struct CenterCrop: CroppingAugmentation {
  /// `centerCrop`.
  public static let kind = "centerCrop"

  /// What its source has.
  public static let usual = CenterCrop()

  /// The share of the largest such box that stays: 1 cuts as little as possible, 0.875 is usual on ImageNet.
  public var proportion: Double

  /// How pixels are mixed.
  public var filter: ResizeFilter

  /// Creates the augmentation.
  public init(proportion: Double = 1, filter: ResizeFilter = .bilinear) {
    self.proportion = proportion
    self.filter = filter
  }

  /// What is wrong with the proportion.
  public var problem: String? {
    proportion > 0 && proportion <= 1 ? nil : "a crop's proportion is above 0 and at most 1, not \(proportion)"
  }

  /// Returns the box in the middle.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Crop? {
    let scaled = covering(output, in: size)
    let (x, y) = (Double(size.width) / Double(scaled.width), Double(size.height) / Double(scaled.height))
    let left = (Double(scaled.width - output.width) / 2).rounded(.toNearestOrEven)
    let top = (Double(scaled.height - output.height) / 2).rounded(.toNearestOrEven)
    let (width, height) = (Double(output.width) * x, Double(output.height) * y)
    let box = ImageBox(
      x: min(left * x, Double(size.width) - width), y: min(top * y, Double(size.height) - height), width: width,
      height: height)
    return Crop(box: box, output: output)
  }

  /// The size of the whole image when its middle is the output: the side that limits it is output / proportion, the other
  /// follows, both cut to whole pixels.
  private func covering(_ output: ImageSize, in size: ImageSize) -> ImageSize {
    func scaled(_ side: Int) -> Int { Int(Double(side) / proportion) }
    if size.width * output.height <= size.height * output.width {
      let width = scaled(output.width)
      return ImageSize(width: width, height: max(output.height, width * size.height / size.width))
    }
    let height = scaled(output.height)
    return ImageSize(width: max(output.width, height * size.width / size.height), height: height)
  }

  /// Pixels around the box reach into the view, since the whole image is resized.
  public func window(around box: ImageBox, in size: ImageSize) -> PixelWindow { PixelWindow(size) }
}
