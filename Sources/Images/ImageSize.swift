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

  /// Reads a size, a square's as one number, and refuses one without a pixel.
  public init(from decoder: any Decoder) throws {
    if let value = try? decoder.singleValueContainer(), let side = try? value.decode(Int.self) {
      guard side > 0 else {
        throw DecodingError.dataCorruptedError(
          in: value, debugDescription: "an image needs at least one pixel, not \(side)")
      }
      self.init(square: side)
      return
    }
    let values = try decoder.container(keyedBy: Key.self)
    let width = try values.decode(Int.self, forKey: .width)
    let height = try values.decode(Int.self, forKey: .height)
    guard width > 0 && height > 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .width, in: values, debugDescription: "an image needs at least one pixel, not \(width)×\(height)")
    }
    self.init(width: width, height: height)
  }

  /// Writes a size, a square's as one number.
  public func encode(to encoder: any Encoder) throws {
    if width == height {
      var value = encoder.singleValueContainer()
      try value.encode(width)
    } else {
      var values = encoder.container(keyedBy: Key.self)
      try values.encode(width, forKey: .width)
      try values.encode(height, forKey: .height)
    }
  }
}

extension Image {
  /// The number of columns and rows.
  public var size: ImageSize { ImageSize(width: width, height: height) }
}
