/// The number of columns and rows of an image.
public struct ImageSize: Hashable, Sendable, Codable {
  /// The number of columns.
  public let width: Int

  /// The number of rows.
  public let height: Int

  /// Creates a size.
  public init(width: Int, height: Int) {
    precondition(width > 0 && height > 0, "an image needs at least one pixel, not \(width)×\(height)")
    self.width = width
    self.height = height
  }

  /// Creates the size of a square.
  public init(square side: Int) {
    self.init(width: side, height: side)
  }
}

extension ImageSize: CustomStringConvertible {
  /// A square's side, `32`, or both sides, `640×480`.
  public var description: String { width == height ? "\(width)" : "\(width)×\(height)" }

  private enum Key: CodingKey { case width, height }

  /// Reads a size, and refuses one without a pixel.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let width = try values.decode(Int.self, forKey: .width)
    let height = try values.decode(Int.self, forKey: .height)
    guard width > 0 && height > 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .width, in: values, debugDescription: "an image needs at least one pixel, not \(width)×\(height)")
    }
    self.init(width: width, height: height)
  }
}

extension Image {
  /// The number of columns and rows.
  public var size: ImageSize { ImageSize(width: width, height: height) }
}
