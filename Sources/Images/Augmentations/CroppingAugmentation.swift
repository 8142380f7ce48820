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
  func resampling(_ crop: Crop, of size: ImageSize, mirrored: Bool = false) -> Resampling {
    Resampling(crop.box, within: window(around: crop.box, in: size), to: crop.output, filter, mirrored: mirrored)
  }
}

/// How a view begins: with a crop, and perhaps with the mirror image of it, which come at the price of the crop alone.
struct ViewOpening {
  let augmentation: any CroppingAugmentation
  let crop: Crop
  let isMirrored: Bool
  /// The number of steps that are done then.
  let steps: Int

  /// Finds out how a view begins; nil where something else happens to the image before it is cropped, or nothing.
  init?(_ recipe: ViewRecipe, _ parameters: ViewParameters) {
    let choices = parameters.steps
    guard let first = choices.firstIndex(where: { $0 != nil }), let crop = choices[first]?.choice as? Crop,
      let augmentation = recipe.steps[first].augmentation as? any CroppingAugmentation
    else { return nil }
    self.augmentation = augmentation
    self.crop = crop
    let next = choices[(first + 1)...].firstIndex { $0 != nil }
    isMirrored = next.flatMap { choices[$0]?.choice as? RandomFlip.Flip }?.axis == .horizontal
    steps = isMirrored ? next! + 1 : first + 1
  }

  /// How the view's beginning is made of an image, or of a smaller one in which the crop's box lies elsewhere.
  func resampling(_ box: ImageBox, of size: ImageSize) -> Resampling {
    augmentation.resampling(Crop(box: box, output: crop.output), of: size, mirrored: isMirrored)
  }
}
