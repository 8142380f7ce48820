/// A rectangle in an image, in pixels from its top left corner, not necessarily on whole pixels.
public struct ImageBox: Hashable, Sendable, Codable {
  /// The left edge.
  public let x: Double

  /// The top edge.
  public let y: Double

  /// The distance from the left to the right edge.
  public let width: Double

  /// The distance from the top to the bottom edge.
  public let height: Double

  /// Creates a box.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Creates the box around a whole image.
  public init(_ size: ImageSize) {
    self.init(x: 0, y: 0, width: Double(size.width), height: Double(size.height))
  }

  /// Whether the box has an area and lies within an image.
  public func fits(_ size: ImageSize) -> Bool {
    x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= Double(size.width)
      && y + height <= Double(size.height)
  }
}
