/// An image: rows of 8-bit pixels, channels side by side, in memory of its own.
///
/// Values are sRGB as they lie in files; nothing here converts to linear light. The pixel in row *y* and column *x*
/// begins at byte (*y*·width + *x*)·channels.
public struct Image: Hashable, Sendable {
  /// The number of columns.
  public let width: Int

  /// The number of rows.
  public let height: Int

  /// 1 (gray) or 3 (red, green, blue). Alpha is composed away when an image is read.
  public let channels: Int

  /// The pixels, `height`·`width`·`channels` bytes.
  public var pixels: [UInt8]

  /// Creates an image from its pixels.
  public init(width: Int, height: Int, channels: Int = 3, pixels: [UInt8]) {
    precondition(width > 0 && height > 0, "an image needs at least one pixel, not \(width)×\(height)")
    precondition(channels == 1 || channels == 3, "an image has 1 or 3 channels, not \(channels)")
    precondition(
      pixels.count == width * height * channels,
      "an image of \(width)×\(height)×\(channels) takes \(width * height * channels) bytes, got \(pixels.count)")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// Creates an image of one colour, a byte a channel.
  public init(width: Int, height: Int, color: [UInt8]) {
    let pixels = Array(repeatElement(color, count: width * height).joined())
    self.init(width: width, height: height, channels: color.count, pixels: pixels)
  }
}
