public import Basics

/// An image file in memory whose header has been read: its size is known, and its pixels are decoded when they are
/// asked for, all of them or a part.
///
/// Partial decoding pays for a JPEG: columns and rows outside of the part are passed over, nothing is done below it, and
/// at a half, a quarter or an eighth of the size most of the arithmetic is saved as well. A PNG and a WebP are decoded
/// whole and then cut. What is decoded is as `Image.init(decoding:named:fitting:)` says.
public struct ImageFile: Sendable {
  /// What an error calls the file, such as its path.
  public let name: String

  let header: ImageHeader
  private let storage: Storage

  private enum Storage: Sendable {
    case bytes([UInt8])
    case mapped(MappedFile, Range<Int>)
  }

  /// Reads the header of a file that lies in memory.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: What an error calls it.
  /// - Throws: `InputError` when it is not a JPEG, PNG or WebP, its header is damaged, or it is larger than 500 megapixels.
  public init(_ bytes: [UInt8], named name: String) throws {
    header = try bytes.withUnsafeBytes { try ImageHeader($0, named: name) }
    self.name = name
    storage = .bytes(bytes)
  }

  /// Reads the header of a file that lies in a larger one, such as a member of an archive, without copying it.
  public init(_ range: Range<Int>, of file: MappedFile, named name: String) throws {
    header = try ImageHeader(UnsafeRawBufferPointer(rebasing: file.bytes[range]), named: name)
    self.name = name
    storage = .mapped(file, range)
  }

  /// Reads a file on the disk, and its header.
  public init(contentsOf path: String) throws {
    try self.init(Files.bytes(of: path), named: path)
  }

  /// The kind of file.
  public var format: ImageFormat { header.format }

  /// The size of the upright image.
  public var size: ImageSize { header.size }

  /// The digest of the file's bytes.
  public var digest: Digest { withBytes { Digest(of: $0) } }

  /// Decodes the whole image, as `Image.init(decoding:named:fitting:)` does.
  public func image(fitting minimumSide: Int? = nil) throws -> Image {
    try withBytes { try header.image(fitting: minimumSide, from: $0, named: name) }
  }

  /// Decodes a part of the upright image at a fraction of its size.
  ///
  /// - Parameters:
  ///   - window: The part, within the image's size divided by the divisor and rounded up.
  ///   - divisor: 1, and for a JPEG also 2, 4 or 8.
  /// - Returns: The same pixels as decoding everything at this size and cutting the window out.
  /// - Throws: `InputError` when the file is cut short, or damaged where it must be read: up to the window's last row.
  public func part(_ window: PixelWindow, dividedBy divisor: Int = 1) throws -> Image {
    try withBytes { try header.decode(window, dividedBy: divisor, from: $0, named: name) }
  }

  private func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    switch storage {
    case .bytes(let bytes): try bytes.withUnsafeBytes(body)
    case .mapped(let file, let range): try body(UnsafeRawBufferPointer(rebasing: file.bytes[range]))
    }
  }
}
