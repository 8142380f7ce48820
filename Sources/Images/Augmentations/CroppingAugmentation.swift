/// An augmentation that makes a view of a box of the image. When a recipe begins with one, the rest need not be decoded.
public protocol CroppingAugmentation: Augmentation where Parameters == Crop {
  /// How pixels are mixed.
  var filter: ResizeFilter { get }

  /// The window of an image beyond which nothing reaches into the view of a box.
  func window(around box: ImageBox, in size: ImageSize) -> PixelWindow
}

extension CroppingAugmentation {
  /// Cuts the box out and resizes it.
  public func apply(_ parameters: Crop, to image: Image) -> Image {
    precondition(parameters.box.fits(image.size), "\(parameters.box) does not lie within \(image.size)")
    return resampling(parameters, of: image.size).apply(to: ImagePart(window: PixelWindow(image.size), pixels: image))
  }

  /// How the view is made of an image of a size.
  func resampling(_ crop: Crop, of size: ImageSize) -> Resampling {
    Resampling(crop.box, within: window(around: crop.box, in: size), to: crop.output, filter)
  }
}
