import CFont

extension Typeface: TextDrawing {
  /// Returns the width in pixels that a line of text takes at the given size.
  public func width(of text: String, size: Double) -> Double {
    precondition(size > 0, "a text size must be positive, not \(size)")
    return withFont { font in
      guard cfont_set_size(font, size) else { return 0 }
      return Double(Self.shape(text, with: font).width) / 64
    }
  }

  /// Draws one line of antialiased text into an image: each pixel becomes *a*·colour + (1 − *a*)·pixel, where *a* is
  /// the share of it that a glyph covers.
  ///
  /// - Parameters:
  ///   - text: The line.
  ///   - size: The height of the em square in pixels.
  ///   - color: A byte for each channel of the image.
  ///   - x: The column where the line begins.
  ///   - y: The row of the line's top; what falls outside of the image is left out.
  ///   - image: The image to write into.
  public func draw(_ text: String, size: Double, color: [UInt8], at x: Int, y: Int, in image: inout Image) {
    precondition(size > 0, "a text size must be positive, not \(size)")
    precondition(color.count == image.channels, "a colour of \(color.count) bytes for \(image.channels) channels")
    withFont { font in
      guard cfont_set_size(font, size) else { return }
      let baseline = y + Int((cfont_ascender(font) + 32) >> 6)
      for glyph in Self.shape(text, with: font).glyphs {
        var bitmap = CFontBitmap()
        guard cfont_draw(font, glyph.index, &bitmap), !bitmap.color else { continue }
        let left = x + Int((glyph.x + 32) >> 6) + Int(bitmap.left)
        let top = baseline - Int((glyph.y + 32) >> 6) - Int(bitmap.top)
        Self.blend(bitmap, color, left: left, top: top, into: &image)
      }
    }
  }

  private static func blend(_ bitmap: CFontBitmap, _ color: [UInt8], left: Int, top: Int, into image: inout Image) {
    let columns = max(0, -left)..<max(max(0, -left), min(Int(bitmap.width), image.width - left))
    let rows = max(0, -top)..<max(max(0, -top), min(Int(bitmap.height), image.height - top))
    guard let coverage = bitmap.pixels else { return }  // A space has no pixels.
    for row in rows {
      for column in columns {
        let a = Int(coverage[row * Int(bitmap.stride) + column])
        if a == 0 { continue }
        let pixel = ((top + row) * image.width + left + column) * image.channels
        for (channel, value) in color.enumerated() {
          let old = Int(image.pixels[pixel + channel])
          image.pixels[pixel + channel] = UInt8((a * Int(value) + (255 - a) * old + 127) / 255)
        }
      }
    }
  }
}
