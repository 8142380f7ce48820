extension Image {
  /// The brightness of a pixel, 0.299·red + 0.587·green + 0.114·blue (ITU-R BT.601), rounded.
  @inline(__always)
  static func luma(_ pixel: UnsafePointer<UInt8>) -> Int32 {
    (Int32(pixel[0]) &* 19595 &+ Int32(pixel[1]) &* 38470 &+ Int32(pixel[2]) &* 7471 &+ 0x8000) >> 16
  }

  /// The image with a single channel.
  public func gray() -> Image {
    guard channels == 3 else { return self }
    return withPixels { source in
      Image(size, channels: 1) { target in
        for i in 0..<width * height { target[i] = UInt8(Self.luma(source + 3 * i)) }
      }
    }
  }

  /// The image with three channels.
  public func color() -> Image {
    guard channels == 1 else { return self }
    return withPixels { source in
      Image(size, channels: 3) { target in
        for i in 0..<width * height {
          target[3 * i] = source[i]
          target[3 * i + 1] = source[i]
          target[3 * i + 2] = source[i]
        }
      }
    }
  }
}
