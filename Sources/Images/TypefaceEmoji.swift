import CFont

extension Typeface {
  /// Whether the font draws the whole sequence as one coloured picture.
  ///
  /// A sequence that the font does not know falls apart into the pictures of its parts, or into boxes; it is then not
  /// drawable, because the parts do not show what the sequence means. A flag that is not known may come out as a flag
  /// with a question mark, or as the black flag that subdivision flags begin with; that does not count as drawing it.
  public func canDraw(emoji: String) -> Bool {
    withFont { font in
      guard cfont_set_size(font, 0), let glyph = Self.glyph(of: emoji, with: font) else { return false }
      return cfont_has_color_bitmap(font, glyph)
    }
  }

  /// Draws an emoji at the font's own size in the middle of a white square.
  ///
  /// The square's side is the larger side of the bitmap: 136 pixels for the 136×128 bitmaps of Noto Color Emoji.
  ///
  /// - Parameter emoji: One emoji sequence.
  /// - Returns: An image of three channels, or nil where the font cannot draw the sequence (see `canDraw(emoji:)`).
  public func image(ofEmoji emoji: String) -> Image? {
    withFont { font in
      var bitmap = CFontBitmap()
      guard cfont_set_size(font, 0), let glyph = Self.glyph(of: emoji, with: font),
        cfont_draw(font, glyph, &bitmap), bitmap.color, let source = bitmap.pixels
      else { return nil }
      let (width, height) = (Int(bitmap.width), Int(bitmap.height))
      let side = max(width, height)
      let (left, top) = ((side - width) / 2, (side - height) / 2)
      let pixels = [UInt8](unsafeUninitializedCapacity: side * side * 3) { pixels, count in
        pixels.initialize(repeating: 255)
        for row in 0..<height {
          var from = row * Int(bitmap.stride)
          var to = ((top + row) * side + left) * 3
          for _ in 0..<width {
            // Colours are already multiplied by alpha: over white, value + (255 − alpha); never past 255.
            let white = 255 - Int(source[from + 3])
            pixels[to] = UInt8(min(255, Int(source[from + 2]) + white))
            pixels[to + 1] = UInt8(min(255, Int(source[from + 1]) + white))
            pixels[to + 2] = UInt8(min(255, Int(source[from]) + white))
            from += 4
            to += 3
          }
        }
        count = side * side * 3
      }
      return Image(width: side, height: side, pixels: pixels)
    }
  }

  /// The one glyph that a sequence becomes, or nil.
  private static func glyph(of emoji: String, with font: OpaquePointer) -> UInt32? {
    guard let glyph = onlyGlyph(of: emoji, with: font), let first = emoji.unicodeScalars.first else { return nil }
    let tags = Unicode.Scalar(0xE0020)!...Unicode.Scalar(0xE007F)!
    let indicators = Unicode.Scalar(0x1F1E6)!...Unicode.Scalar(0x1F1FF)!
    let isSubdivision = emoji.unicodeScalars.contains(where: tags.contains)
    if isSubdivision, onlyGlyph(of: String(first), with: font) == glyph { return nil }
    // XX is no country and will never be one: what is drawn for it stands for every flag that is not known.
    if isSubdivision || indicators.contains(first), onlyGlyph(of: "🇽🇽", with: font) == glyph { return nil }
    return glyph
  }

  private static func onlyGlyph(of text: String, with font: OpaquePointer) -> UInt32? {
    let glyphs = shape(text, with: font).glyphs
    return glyphs.count == 1 && glyphs[0].index != 0 ? glyphs[0].index : nil
  }
}
