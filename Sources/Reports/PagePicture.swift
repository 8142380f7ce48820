public import Images

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An image as a page holds it: inside of its own text.
public struct PagePicture: Hashable, Sendable, Encodable {
  /// The image as a `data:` address.
  public let uri: String

  /// The number of columns and rows.
  public let width, height: Int

  /// Packs an image: without loss where it is small, as a JPEG otherwise.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - side: The most columns and rows to keep.
  ///   - quality: The quality of a JPEG.
  public init(_ image: Image, atMost side: Int = .max, quality: Int = 88) {
    let scale = min(1, Double(side) / Double(max(image.width, image.height)))
    let size = ImageSize(
      width: max(1, Int((Double(image.width) * scale).rounded())),
      height: max(1, Int((Double(image.height) * scale).rounded())))
    let scaled = size == image.size ? image : image.resized(to: size)
    let isSmall = size.width * size.height <= 32 * 32
    let bytes = isSmall ? scaled.png() : scaled.jpeg(quality: quality)
    uri = "data:image/\(isSmall ? "png" : "jpeg");base64,\(Data(bytes).base64EncodedString())"
    (width, height) = (size.width, size.height)
  }
}
