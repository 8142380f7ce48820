extension Image {
  /// The image, or a part of it, in another size.
  ///
  /// First rows, then columns, are filtered in 8 bits, as Pillow's `resize` does it; the result agrees with Pillow's.
  /// Pixels around the box contribute to its edges. O(output width · input height · taps).
  ///
  /// - Parameters:
  ///   - target: The size of the result.
  ///   - box: The part of the image to show, which must lie within it; all of it when nil.
  ///   - filter: How pixels are mixed.
  public func resized(to target: ImageSize, from box: ImageBox? = nil, filter: ResizeFilter = .bilinear) -> Image {
    resized(to: target, from: box ?? ImageBox(size), within: PixelWindow(size), filter: filter)
  }

  /// The part of the image in a box, in another size, as if all around the box had been cut off before.
  public func cropped(to box: ImageBox, resizedTo target: ImageSize, filter: ResizeFilter = .bilinear) -> Image {
    resized(to: target, from: box, within: PixelWindow(around: box), filter: filter)
  }

  private func resized(
    to target: ImageSize, from box: ImageBox, within window: PixelWindow, filter: ResizeFilter
  ) -> Image {
    precondition(box.fits(size), "\(box) does not lie within an image of \(width)×\(height)")
    return Resampling(box, within: window, to: target, filter)
      .apply(to: ImagePart(window: PixelWindow(size), pixels: self))
  }
}
