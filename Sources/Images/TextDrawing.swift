/// Something that can write text into an image, such as a typeface.
public protocol TextDrawing {
  /// Draws one line of text into an image.
  ///
  /// - Parameters:
  ///   - text: The line.
  ///   - size: The height of the em square in pixels.
  ///   - color: A byte for each channel of the image.
  ///   - x: The column where the line begins.
  ///   - y: The row of the line's top; what falls outside of the image is left out.
  ///   - image: The image to write into.
  func draw(_ text: String, size: Double, color: [UInt8], at x: Int, y: Int, in image: inout Image)

  /// Returns the width in pixels that a line of text takes at the given size.
  func width(of text: String, size: Double) -> Double
}
