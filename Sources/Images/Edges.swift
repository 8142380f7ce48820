extension Image {
  /// How steeply brightness changes around every pixel; the number of channels stays.
  ///
  /// With *g* the filters of Sobel on the brightness 0.299·red + 0.587·green + 0.114·blue, scaled so that they are the
  /// difference of the pixels on both sides, averaged over three rows by the weights ¼, ½, ¼, the value is
  /// √((*g*ₓ² + *g*ᵧ²)/2), rounded. Beyond the edge the image goes on with the brightness of the edge.
  ///
  /// Source: Sobel, Feldman. "A 3×3 Isotropic Gradient Operator for Image Processing." 1968; scaled as in
  /// scikit-image's `sobel`.
  public func edges() -> Image {
    let gray = gray()
    let (width, height) = (width, height)
    let steep = gray.withPixels { source in
      Image(size, channels: 1) { target in
        for y in 0..<height {
          let (above, here) = (source + max(y - 1, 0) * width, source + y * width)
          let below = source + min(y + 1, height - 1) * width
          for x in 0..<width {
            let (left, right) = (max(x - 1, 0), min(x + 1, width - 1))
            func column(_ x: Int) -> Int { Int(above[x]) + 2 * Int(here[x]) + Int(below[x]) }
            func row(_ line: UnsafePointer<UInt8>) -> Int { Int(line[left]) + 2 * Int(line[x]) + Int(line[right]) }
            let (gx, gy) = (column(right) - column(left), row(below) - row(above))
            // Both are at most 4·255.
            target[y * width + x] = UInt8((Double(gx * gx + gy * gy) / 32).squareRoot() + 0.5)
          }
        }
      }
    }
    return channels == 1 ? steep : steep.color()
  }
}
