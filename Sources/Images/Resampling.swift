/// How a box of an image is brought to another size: the weights along both axes, and with them the pixels that count.
struct Resampling {
  /// The size of the result.
  let target: ImageSize

  /// The pixels of the image that contribute to the result; no others are looked at.
  let source: PixelWindow

  /// Where the positions of the weights begin in the image.
  private let origin: (x: Int, y: Int)
  private let columns, rows: AxisWeights?  // nil where an axis stays as it is

  /// Prepares to bring a box to a size.
  ///
  /// - Parameters:
  ///   - box: What the result shows, within the window.
  ///   - window: Pixels around the box contribute to its edges as far as this window goes.
  ///   - target: The size of the result.
  ///   - filter: How pixels are mixed.
  ///   - mirrored: Whether left and right change places on the way.
  init(
    _ box: ImageBox, within window: PixelWindow, to target: ImageSize, _ filter: ResizeFilter, mirrored: Bool = false
  ) {
    self.target = target
    origin = (window.columns.lowerBound, window.rows.lowerBound)
    let x = box.x - Double(origin.x)
    columns =
      mirrored
      ? AxisWeights(from: window.columns.count, start: x, length: box.width, to: target.width, filter).mirrored()
      : .unlessIdentity(from: window.columns.count, start: x, length: box.width, to: target.width, filter)
    rows = AxisWeights.unlessIdentity(
      from: window.rows.count, start: box.y - Double(origin.y), length: box.height, to: target.height, filter)
    func moved(_ range: Range<Int>?, by distance: Int, else whole: Range<Int>) -> Range<Int> {
      range.map { $0.lowerBound + distance..<$0.upperBound + distance } ?? whole
    }
    source = PixelWindow(
      columns: moved(columns?.inputRange, by: origin.x, else: window.columns),
      rows: moved(rows?.inputRange, by: origin.y, else: window.rows))
  }

  /// Makes the result from a part of the image that holds `source`.
  func apply(to part: ImagePart) -> Image {
    precondition(part.window.union(source) == part.window, "\(source) is not within \(part.window)")
    let (image, corner) = (part.pixels, part.window)
    let (channels, stride) = (image.channels, image.width * image.channels)
    let (left, top) = (origin.x - corner.columns.lowerBound, origin.y - corner.rows.lowerBound)
    return image.withPixels { pixels in
      // May lie before the pixels, where the window of the weights begins outside of the part.
      let start = pixels + (top * stride + left * channels)
      switch (columns, rows) {
      case (nil, nil):
        return image.cropped(x: left, y: top, to: target)
      case (let columns?, nil):
        return Image(target, channels: channels) {
          columns.filterRows(0..<target.height, of: start, stride: stride, channels: channels, into: $0)
        }
      case (nil, let rows?):
        return Image(target, channels: channels) {
          rows.filterColumns(of: start, stride: stride, width: target.width * channels, into: $0)
        }
      case (let columns?, let rows?):
        let needed = rows.inputRange
        let narrow = target.width * channels
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: needed.count * narrow) { scratch in
          let between = scratch.baseAddress!
          columns.filterRows(needed, of: start, stride: stride, channels: channels, into: between)
          return Image(target, channels: channels) {
            rows.filterColumns(
              of: UnsafePointer(between), skipping: needed.lowerBound, stride: narrow, width: narrow, into: $0)
          }
        }
      }
    }
  }
}
