public import Basics

/// Cuts the middle out of the image, in the shape of the output, and resizes it: how images are measured.
///
/// It is the same as resizing the image until it just covers the output (divided by the proportion) and then
/// cropping the middle, in one step. Nothing about it is random.
public struct CenterCrop: Augmentation {
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
    let (fullWidth, fullHeight) = (Double(size.width), Double(size.height))
    let scale = min(fullWidth / Double(output.width), fullHeight / Double(output.height)) * proportion
    let width = min(Double(output.width) * scale, fullWidth)
    let height = min(Double(output.height) * scale, fullHeight)
    let box = ImageBox(x: (fullWidth - width) / 2, y: (fullHeight - height) / 2, width: width, height: height)
    return Crop(box: box, output: output)
  }

  /// Cuts the box out and resizes it.
  public func apply(_ parameters: Crop, to image: Image) -> Image {
    image.resized(to: parameters.output, from: parameters.box, filter: filter)
  }
}
