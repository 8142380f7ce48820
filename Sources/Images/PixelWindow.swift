/// A rectangle of whole pixels in an image.
public struct PixelWindow: Hashable, Sendable {
  /// The columns.
  public let columns: Range<Int>

  /// The rows.
  public let rows: Range<Int>

  /// Creates a window of at least one pixel.
  public init(columns: Range<Int>, rows: Range<Int>) {
    precondition(!columns.isEmpty && !rows.isEmpty, "a window needs at least one pixel, not \(columns)×\(rows)")
    self.columns = columns
    self.rows = rows
  }

  /// Creates the window that shows a whole image.
  public init(_ size: ImageSize) {
    self.init(columns: 0..<size.width, rows: 0..<size.height)
  }

  /// Creates the smallest window around a box.
  init(around box: ImageBox) {
    self.init(
      columns: Int(box.x.rounded(.down))..<Int((box.x + box.width).rounded(.up)),
      rows: Int(box.y.rounded(.down))..<Int((box.y + box.height).rounded(.up)))
  }

  /// The number of columns and rows.
  public var size: ImageSize { ImageSize(width: columns.count, height: rows.count) }

  /// Whether the window lies within an image.
  public func fits(_ size: ImageSize) -> Bool {
    columns.lowerBound >= 0 && rows.lowerBound >= 0 && columns.upperBound <= size.width
      && rows.upperBound <= size.height
  }

  /// The smallest window around this one and another.
  public func union(_ other: PixelWindow) -> PixelWindow {
    func both(_ a: Range<Int>, _ b: Range<Int>) -> Range<Int> {
      min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
    }
    return PixelWindow(columns: both(columns, other.columns), rows: both(rows, other.rows))
  }
}

/// The pixels of a window of an image, which stand for the image where nobody looks beyond the window.
struct ImagePart {
  let window: PixelWindow
  let pixels: Image
}
