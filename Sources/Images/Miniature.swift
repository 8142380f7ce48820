/// What an image shows in 384 bytes, by which copies are found that were scaled, compressed again or lightened.
///
/// The image is scaled to a square, of which luma is kept at 16 × 16, and the two differences of colour (JPEG's Cb and
/// Cr) at 8 × 8. Two images *look alike* where
///
///     Σ aᵢ·bᵢ / 256 ≥ 0.98     max |aᵢ − bᵢ| < 0.75     max |ΔCb|, max |ΔCr| < 20
///
/// with luma *a* and *b* brought to mean 0 and variance 1, so that brightness and contrast do not count. The first bound
/// is for the whole; the second finds the place where otherwise equal drawings differ; the third tells the red heart from
/// the blue one.
///
/// What that finds of changed photos is measured by `CopyRecallTests`, and listed in Documentation/Data.md.
public struct Miniature: Hashable, Sendable {
  /// The number of bytes of a miniature.
  public static let byteCount = 384

  /// Luma by rows, then Cb, then Cr.
  public let bytes: [UInt8]

  /// Looks at all pixels of an image.
  public init(of image: Image) {
    let small = image.resized(to: ImageSize(width: 16, height: 16)).color()
    let luma = small.gray().pixels
    var blue = [Float](repeating: 128, count: 64)
    var red = blue
    for place in 0..<256 {
      let cell = place / 32 * 8 + place % 16 / 2
      let y = Float(luma[place])
      // A quarter of Cb and Cr each: a cell is the mean of four pixels.
      blue[cell] += (Float(small.pixels[3 * place + 2]) - y) * (0.564 / 4)
      red[cell] += (Float(small.pixels[3 * place]) - y) * (0.713 / 4)
    }
    bytes = luma + (blue + red).map { UInt8(min(max($0.rounded(), 0), 255)) }
  }

  /// Whether there is hardly anything to compare by: luma whose standard deviation is below one level of 255.
  public var isBlank: Bool {
    bytes.withUnsafeBytes { Self.moments(of: $0).deviation < 1 }
  }

  /// Whether two miniatures, given by their bytes, are of images that look alike. Blank ones look like none.
  public static func lookAlike(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Bool {
    precondition(first.count == byteCount && second.count == byteCount, "a miniature has \(byteCount) bytes")
    let (a, b) = (moments(of: first), moments(of: second))
    guard a.deviation >= 1, b.deviation >= 1 else { return false }
    var product: Float = 0
    var apart: Float = 0
    for place in 0..<256 {
      let (x, y) = ((Float(first[place]) - a.mean) / a.deviation, (Float(second[place]) - b.mean) / b.deviation)
      product += x * y
      apart = max(apart, abs(x - y))
    }
    guard product >= 0.98 * 256, apart < 0.75 else { return false }
    return (256..<byteCount).allSatisfy { abs(Int(first[$0]) - Int(second[$0])) < 20 }
  }

  private static func moments(of bytes: UnsafeRawBufferPointer) -> (mean: Float, deviation: Float) {
    var (sum, squares) = (0, 0)
    for byte in bytes[..<256] { (sum, squares) = (sum + Int(byte), squares + Int(byte) * Int(byte)) }
    // 256²·variance = 256·Σx² − (Σx)², exact in integers.
    return (Float(sum) / 256, Float(256 * squares - sum * sum).squareRoot() / 256)
  }
}
