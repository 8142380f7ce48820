/// A kind of image file that can be read.
public enum ImageFormat: String, Hashable, Sendable, CaseIterable {
  /// Photographs, lossy.
  case jpeg = "JPEG"
  /// Drawings and screens, lossless.
  case png = "PNG"
  /// Both, from the web.
  case webp = "WebP"

  /// Recognises a file by its first bytes (12 are enough), whatever its name; nil when it is none of these.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.count >= 12, bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WEBP".utf8) {
      self = .webp
    } else {
      return nil
    }
  }

  /// The endings of names that such files usually have, in lower case.
  public var nameEndings: [String] {
    switch self {
    case .jpeg: ["jpg", "jpeg"]
    case .png: ["png"]
    case .webp: ["webp"]
    }
  }
}
