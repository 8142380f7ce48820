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
    resized(to: target, from: box ?? ImageBox(size), within: ImageBox(size), filter: filter)
  }

  /// The part of the image in a box, in another size, as if all around the box had been cut off before.
  public func cropped(to box: ImageBox, resizedTo target: ImageSize, filter: ResizeFilter = .bilinear) -> Image {
    let (left, top) = (box.x.rounded(.down), box.y.rounded(.down))
    let window = ImageBox(
      x: left, y: top, width: (box.x + box.width).rounded(.up) - left, height: (box.y + box.height).rounded(.up) - top)
    return resized(to: target, from: box, within: window, filter: filter)
  }

  /// Resizes a box of a window on whole pixels; what lies outside of the window is not seen.
  private func resized(
    to target: ImageSize, from box: ImageBox, within window: ImageBox, filter: ResizeFilter
  ) -> Image {
    precondition(box.fits(size), "\(box) does not lie within an image of \(width)×\(height)")
    let (left, top) = (Int(window.x), Int(window.y))
    let part = ImageSize(width: Int(window.width), height: Int(window.height))
    let columns = AxisWeights.unlessIdentity(
      from: part.width, start: box.x - window.x, length: box.width, to: target.width, filter)
    let rows = AxisWeights.unlessIdentity(
      from: part.height, start: box.y - window.y, length: box.height, to: target.height, filter)
    let stride = width * channels
    return withPixels { pixels in
      let source = pixels + (top * width + left) * channels
      switch (columns, rows) {
      case (nil, nil):
        return cropped(x: left, y: top, to: target)
      case (let columns?, nil):
        return Image(target, channels: channels) {
          columns.filterRows(0..<target.height, of: source, stride: stride, channels: channels, into: $0)
        }
      case (nil, let rows?):
        return Image(target, channels: channels) {
          rows.filterColumns(of: source, stride: stride, width: target.width * channels, into: $0)
        }
      case (let columns?, let rows?):
        let needed = rows.inputRange
        let narrow = target.width * channels
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: needed.count * narrow) { scratch in
          let between = scratch.baseAddress!
          columns.filterRows(needed, of: source, stride: stride, channels: channels, into: between)
          return Image(target, channels: channels) {
            rows.filterColumns(
              of: UnsafePointer(between), skipping: needed.lowerBound, stride: narrow, width: narrow, into: $0)
          }
        }
      }
    }
  }
}
