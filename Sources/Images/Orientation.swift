/// How a camera was held: what must be done to a stored image to turn it upright.
///
/// The raw values are those of Exif's tag 0x0112 (CIPA DC-008, 4.6.4 A).
public enum Orientation: Int, Hashable, Sendable, CaseIterable {
  /// Nothing is to be done.
  case upright = 1
  /// Mirror left to right.
  case mirrored
  /// Turn by 180°.
  case upsideDown
  /// Mirror top to bottom.
  case flipped
  /// Swap rows and columns.
  case transposed
  /// Turn by 90° clockwise.
  case quarterClockwise
  /// Swap rows and columns, then turn by 180°.
  case transversed
  /// Turn by 90° counter-clockwise.
  case quarterCounterclockwise

  /// What makes the stored image upright: rows and columns change places first, if at all, and then it is mirrored.
  var changes: (swapsSides: Bool, mirrorsLeftToRight: Bool, mirrorsTopToBottom: Bool) {
    switch self {
    case .upright: (false, false, false)
    case .mirrored: (false, true, false)
    case .upsideDown: (false, true, true)
    case .flipped: (false, false, true)
    case .transposed: (true, false, false)
    case .quarterClockwise: (true, true, false)
    case .transversed: (true, true, true)
    case .quarterCounterclockwise: (true, false, true)
    }
  }

  /// Where a window of the upright image lies in the stored one.
  ///
  /// - Parameter size: The size of the upright image.
  func stored(_ window: PixelWindow, of size: ImageSize) -> PixelWindow {
    let changes = changes
    func mirrored(_ range: Range<Int>, _ length: Int) -> Range<Int> {
      length - range.upperBound..<length - range.lowerBound
    }
    let columns = changes.mirrorsLeftToRight ? mirrored(window.columns, size.width) : window.columns
    let rows = changes.mirrorsTopToBottom ? mirrored(window.rows, size.height) : window.rows
    return changes.swapsSides ? PixelWindow(columns: rows, rows: columns) : PixelWindow(columns: columns, rows: rows)
  }
}

extension Image {
  /// The image turned upright.
  public func oriented(_ orientation: Orientation) -> Image {
    let changes = orientation.changes
    var image = changes.swapsSides ? transposed() : self
    if changes.mirrorsLeftToRight { image = image.flipped(.horizontal) }
    if changes.mirrorsTopToBottom { image = image.flipped(.vertical) }
    return image
  }
}
