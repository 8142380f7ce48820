import Basics
import CFont

/// A font file that is open: it shapes and draws text, and draws colour emoji.
///
/// HarfBuzz chooses the glyphs, so that ligatures, kerning and emoji sequences (flags, skin tones, families) come
/// out as the font means them; FreeType draws them.
///
/// `@unchecked Sendable`: the C handle is used only while the lock is held, and is closed when nobody has it any more.
public final class Typeface: @unchecked Sendable {
  /// The file that the font was read from.
  public let path: String

  private let font: OpaquePointer
  private let lock = Lock()

  /// Opens a font file.
  ///
  /// - Parameters:
  ///   - path: A TrueType or OpenType file, or a collection of them.
  ///   - face: Which font of a collection.
  /// - Throws: `InputError` when the file is missing or no font that can be drawn.
  public init(path: String, face: Int = 0) throws {
    guard Files.exists(path) else { throw InputError(in: path, "there is no such font file", remedy: "check the path") }
    var message = [CChar](repeating: 0, count: 256)
    guard let font = cfont_open(path, Int32(face), &message, message.count) else {
      let text = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      throw InputError(in: path, text, remedy: "choose another font")
    }
    self.path = path
    self.font = font
  }

  deinit { cfont_close(font) }

  /// Whether the font keeps coloured bitmaps, as colour emoji fonts do; it cannot draw text at other sizes then.
  public var hasColorBitmaps: Bool { cfont_has_color_bitmaps(font) }

  /// The height in pixels of the em square of its largest bitmaps; 0 where it has none.
  public var bitmapSize: Int { Int(cfont_bitmap_size(font)) }

  /// A number that tells versions of a font apart: the checksum that its file keeps of itself.
  public var checksum: UInt32 { cfont_checksum(font) }

  /// The width of a line in 26.6 fixed point, and its glyphs, left to right.
  struct Line {
    var glyphs: [CFontGlyph]
    var width: Int32
  }

  /// Runs the body with the C handle while no other thread uses it.
  func withFont<Result>(_ body: (OpaquePointer) throws -> Result) rethrows -> Result {
    try lock.withLock { try body(font) }
  }

  /// Shapes a line at the size that is set; only inside of `withFont`.
  static func shape(_ text: String, with font: OpaquePointer) -> Line {
    var text = text
    return text.withUTF8 { bytes in
      // Shaping may make more glyphs than there are bytes (a letter that falls into a base and marks); then once more.
      var capacity = bytes.count + 8
      while true {
        var width: Int32 = 0
        var count = 0
        let glyphs = [CFontGlyph](unsafeUninitializedCapacity: capacity) { buffer, written in
          bytes.withMemoryRebound(to: CChar.self) {
            count = Int(
              cfont_shape(font, $0.baseAddress, Int32($0.count), buffer.baseAddress, Int32(buffer.count), &width))
          }
          written = min(count, buffer.count)
        }
        if count <= capacity { return Line(glyphs: glyphs, width: width) }
        capacity = count
      }
    }
  }
}
