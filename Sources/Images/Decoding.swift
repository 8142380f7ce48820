import Basics
import CImage

extension Image {
  /// Reads an image file that lies in memory: JPEG, PNG or WebP, recognised by its first bytes.
  ///
  /// The result has three channels: gray becomes red, green and blue alike, alpha is composed on white, 16 bits are
  /// rounded to 8, four inks become red, green and blue without a colour profile. A JPEG is turned upright as its Exif
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
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      throw InputError(in: name, "is empty", remedy: Self.remedy)
    }
    guard let format = ImageFormat(bytes) else {
      throw InputError(
        in: name, "is not an image that can be read (JPEG, PNG, WebP)", remedy: "convert it to PNG or remove it")
    }
    let source = start.assumingMemoryBound(to: UInt8.self)
    let count = bytes.count
    let image =
      switch format {
      case .jpeg:
        try Image(
          format, name,
          size: { cimage_jpeg_size(source, count, Int32(clamping: minimumSide ?? 0), $0, $1) },
          pixels: { cimage_jpeg_decode(source, count, $0, $1, $2) })
      case .png:
        try Image(
          format, name,
          size: { cimage_png_size(source, count, $0, $1) },
          pixels: { cimage_png_decode(source, count, $0, $1, $2) })
      case .webp:
        try Image(
          format, name,
          size: { cimage_webp_size(source, count, $0, $1) },
          pixels: { cimage_webp_decode(source, count, $0, $1, $2) })
      }
    self = format == .jpeg ? image.oriented(Orientation(ofJPEG: bytes)) : image
  }

  /// Reads an image file as `init(decoding:named:fitting:)` does, from the disk.
  public init(contentsOf path: String, fitting minimumSide: Int? = nil) throws {
    try self.init(decoding: Files.bytes(of: path), named: path, fitting: minimumSide)
  }

  private typealias Reason = UnsafeMutablePointer<CChar>

  private static let remedy = "copy or download the file again, or remove it"

  private init(
    _ format: ImageFormat, _ name: String,
    size read: (UnsafeMutablePointer<cimage_size>, Reason) -> Int32,
    pixels decode: (cimage_size, UnsafeMutablePointer<UInt8>, Reason) -> Int32
  ) throws {
    var size = cimage_size()
    func check(_ body: (Reason) -> Int32) throws {
      try withReason(body) {
        InputError(in: name, "is a \(format.rawValue) that cannot be read: \($0)", remedy: Self.remedy)
      }
    }
    try check { read(&size, $0) }
    let (width, height) = (Int(size.width), Int(size.height))
    let pixels = try [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
      try check { decode(size, buffer.baseAddress!, $0) }
      count = width * height * 3
    }
    self.init(width: width, height: height, channels: 3, pixels: pixels)
  }
}

/// Calls a function of CImage with room for its reason, and throws the error made of that reason when it returns 0.
func withReason(
  _ body: (UnsafeMutablePointer<CChar>) -> Int32, error: (String) -> InputError
) throws {
  try withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CIMAGE_ERROR_SIZE)) { reason in
    reason.initialize(repeating: 0)
    guard body(reason.baseAddress!) == 0 else { return }
    throw error(String(cString: reason.baseAddress!))
  }
}
