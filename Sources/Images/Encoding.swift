import Basics
import CImage

extension Image {
  /// The image as a PNG file, without loss, packed for speed rather than for size.
  public func png() -> [UInt8] {
    encoded(capacity: cimage_png_bound(codecSize, Int32(channels))) { pixels, bytes, capacity, written, reason in
      cimage_png_encode(pixels, codecSize, Int32(channels), bytes, capacity, written, reason)
    }
  }

  /// The image as a JPEG file.
  ///
  /// - Parameter quality: 1 (small) … 100 (nearly without loss); from 90 on colours keep their full resolution.
  public func jpeg(quality: Int = 90) -> [UInt8] {
    precondition((1...100).contains(quality), "the quality of a JPEG is 1 … 100, not \(quality)")
    let bound = cimage_jpeg_bound(codecSize)
    precondition(bound > 0, "a JPEG has at most 65,500 columns and rows, not \(width)×\(height)")
    return encoded(capacity: bound) { pixels, bytes, capacity, written, reason in
      cimage_jpeg_encode(
        pixels, codecSize, Int32(channels), Int32(quality), bytes, capacity, written, reason)
    }
  }

  private var codecSize: cimage_size { cimage_size(width: Int32(width), height: Int32(height)) }

  private func encoded(
    capacity: Int,
    _ encode: (
      UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>, Int, UnsafeMutablePointer<Int>, UnsafeMutablePointer<CChar>
    ) -> Int32
  ) -> [UInt8] {
    let file = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity)
    defer { file.deallocate() }
    var written = 0
    do {
      try pixels.withUnsafeBufferPointer { pixels in
        try withReason {
          encode(pixels.baseAddress!, file.baseAddress!, capacity, &written, $0)
        } error: {
          InputError("\(width)×\(height) pixels cannot be packed: \($0)")
        }
      }
    } catch {
      // Size and capacity were checked before, so only a lack of memory is left.
      fatalError("\(error)")
    }
    return Array(file[..<written])
  }
}
