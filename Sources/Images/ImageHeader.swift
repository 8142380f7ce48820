import Basics
import CImage

/// What is known of an image file before its pixels are decoded, and how they are.
struct ImageHeader {
  let format: ImageFormat
  /// The size in which pixels are stored, not turned upright.
  let stored: ImageSize
  let orientation: Orientation

  /// Reads the beginning of a file.
  ///
  /// - Throws: `InputError` that names the file when it is of another kind, damaged, or larger than 500 megapixels.
  init(_ bytes: UnsafeRawBufferPointer, named name: String) throws {
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      throw InputError(in: name, "is empty", remedy: Self.remedy)
    }
    guard let format = ImageFormat(bytes) else {
      throw InputError(
        in: name, "is not an image that can be read (JPEG, PNG, WebP)", remedy: "convert it to PNG or remove it")
    }
    let source = start.assumingMemoryBound(to: UInt8.self)
    var size = cimage_size()
    try Self.check(format, name) {
      switch format {
      case .jpeg: cimage_jpeg_size(source, bytes.count, &size, $0)
      case .png: cimage_png_size(source, bytes.count, &size, $0)
      case .webp: cimage_webp_size(source, bytes.count, &size, $0)
      }
    }
    self.format = format
    stored = ImageSize(width: Int(size.width), height: Int(size.height))
    orientation = Orientation(of: bytes, format)
  }

  /// The size of the upright image.
  var size: ImageSize { orientation.changes.swapsSides ? stored.transposed : stored }

  /// What the size may be divided by, the largest first: a JPEG's blocks of 8×8 can be decoded to smaller ones.
  var divisors: [Int] { format == .jpeg ? [8, 4, 2, 1] : [1] }

  /// Decodes a window of the upright image at a fraction of its size, 1 / `divisor`, from the file's bytes.
  ///
  /// - Throws: `InputError` that names the file when it is damaged or cut short.
  func decode(
    _ window: PixelWindow, dividedBy divisor: Int, from bytes: UnsafeRawBufferPointer, named name: String
  ) throws -> Image {
    precondition(divisors.contains(divisor), "a \(format.rawValue) is not decoded at 1/\(divisor) of its size")
    precondition(window.fits(size.divided(by: divisor)), "\(window) does not lie within \(size) / \(divisor)")
    let source = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
    let inside = orientation.stored(window, of: size.divided(by: divisor))
    func pixels(
      _ part: ImageSize, _ body: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<CChar>) -> Int32
    ) throws -> Image {
      let count = part.width * part.height * 3
      let pixels = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        try Self.check(format, name) { body(buffer.baseAddress!, $0) }
        initialized = count
      }
      return Image(width: part.width, height: part.height, pixels: pixels)
    }
    let whole = cimage_size(width: Int32(stored.width), height: Int32(stored.height))
    let image =
      switch format {
      case .jpeg:
        try pixels(inside.size) {
          cimage_jpeg_decode(source, bytes.count, cimage_window(inside), Int32(divisor), $0, $1)
        }
      case .png: try pixels(stored) { cimage_png_decode(source, bytes.count, whole, $0, $1) }.part(inside)
      case .webp: try pixels(stored) { cimage_webp_decode(source, bytes.count, whole, $0, $1) }.part(inside)
      }
    return image.oriented(orientation)
  }

  private static let remedy = "copy or download the file again, or remove it"

  private static func check(
    _ format: ImageFormat, _ name: String, _ body: (UnsafeMutablePointer<CChar>) -> Int32
  ) throws {
    try withReason(body) {
      InputError(in: name, "is a \(format.rawValue) that cannot be read: \($0)", remedy: remedy)
    }
  }
}

extension ImageSize {
  /// The size with rows as columns.
  var transposed: ImageSize { ImageSize(width: height, height: width) }

  /// The size at a fraction, rounded up.
  func divided(by divisor: Int) -> ImageSize {
    ImageSize(width: (width + divisor - 1) / divisor, height: (height + divisor - 1) / divisor)
  }
}

extension Image {
  fileprivate func part(_ window: PixelWindow) -> Image {
    window.size == size ? self : cropped(x: window.columns.lowerBound, y: window.rows.lowerBound, to: window.size)
  }
}

extension cimage_window {
  fileprivate init(_ window: PixelWindow) {
    self.init(
      x: Int32(window.columns.lowerBound), y: Int32(window.rows.lowerBound), width: Int32(window.columns.count),
      height: Int32(window.rows.count))
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
