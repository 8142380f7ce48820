import Basics

extension Image {
  /// Reads an image file that lies in memory: JPEG, PNG or WebP, recognised by its first bytes.
  ///
  /// The result has three channels: gray becomes red, green and blue alike, alpha is composed on white, 16 bits are
  /// rounded to 8, four inks become red, green and blue without a colour profile. An image is turned upright as its Exif
  /// orientation says. Colour profiles are not applied.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: What an error calls the file, such as its path.
  ///   - minimumSide: When given, a JPEG may come at a half, a quarter or an eighth of its size (rounded up), the
  ///     smallest whose shorter side is not below this number of pixels. That is several times faster, and enough
  ///     for an image that is to be scaled down anyway. Other formats come whole.
  /// - Throws: `InputError` that names the file when it is of another kind, damaged, cut short, or larger than 500
  ///   megapixels.
  public init(decoding bytes: [UInt8], named name: String, fitting minimumSide: Int? = nil) throws {
    self = try bytes.withUnsafeBytes { try Image(decoding: $0, named: name, fitting: minimumSide) }
  }

  /// Reads an image file as `init(decoding:named:fitting:)` does, from memory of any kind.
  public init(decoding bytes: UnsafeRawBufferPointer, named name: String, fitting minimumSide: Int? = nil) throws {
    self = try ImageHeader(bytes, named: name).image(fitting: minimumSide, from: bytes, named: name)
  }

  /// Reads an image file as `init(decoding:named:fitting:)` does, from the disk.
  public init(contentsOf path: String, fitting minimumSide: Int? = nil) throws {
    try self.init(decoding: Files.bytes(of: path), named: path, fitting: minimumSide)
  }
}

extension ImageHeader {
  /// Decodes the whole image, at the smallest size whose shorter side is not below `minimumSide`.
  func image(fitting minimumSide: Int?, from bytes: UnsafeRawBufferPointer, named name: String) throws -> Image {
    let shorter = min(stored.width, stored.height)
    // As long as the side that is asked for; no image is smaller than none.
    let divisor = divisors.first { divisor in
      minimumSide.map { $0 > 0 && (shorter + divisor - 1) / divisor >= $0 } ?? false
    }
    let size = size.divided(by: divisor ?? 1)
    return try decode(PixelWindow(size), dividedBy: divisor ?? 1, from: bytes, named: name)
  }
}
