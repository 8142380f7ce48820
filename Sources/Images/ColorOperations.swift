/// Changes of colour in place, with the rounding of Pillow's `ImageEnhance` (and so of torchvision on such images).
extension Image {
  /// The brightness of a pixel, 0.299·red + 0.587·green + 0.114·blue (ITU-R BT.601), rounded.
  @inline(__always)
  static func luma(_ pixel: UnsafePointer<UInt8>) -> Int32 {
    (Int32(pixel[0]) &* 19595 &+ Int32(pixel[1]) &* 38470 &+ Int32(pixel[2]) &* 7471 &+ 0x8000) >> 16
  }

  /// A mixture *from* + factor·(*to* − *from*), cut to 0 … 255, its fraction dropped.
  @inline(__always)
  static func mixed(_ from: Int32, _ to: Int32, _ factor: Float) -> UInt8 {
    UInt8(min(max(Float(from) + factor * Float(to - from), 0), 255))
  }

  /// Multiplies every value by the factor: 0 is black, 1 changes nothing.
  public mutating func adjustBrightness(by factor: Double) {
    replace { Self.mixed(0, $0, Float(factor)) }
  }

  /// Moves every value away from the image's mean brightness by the factor: 0 is flat gray, 1 changes nothing.
  public mutating func adjustContrast(by factor: Double) {
    let middle = meanLuma
    replace { Self.mixed(middle, $0, Float(factor)) }
  }

  /// Moves every pixel away from its own gray by the factor: 0 is gray, 1 changes nothing.
  public mutating func adjustSaturation(by factor: Double) {
    let factor = Float(factor)
    guard factor != 1 else { return }
    forEachColor { pixel in
      let gray = Self.luma(pixel)
      pixel[0] = Self.mixed(gray, Int32(pixel[0]), factor)
      pixel[1] = Self.mixed(gray, Int32(pixel[1]), factor)
      pixel[2] = Self.mixed(gray, Int32(pixel[2]), factor)
    }
  }

  /// Inverts values from the threshold on.
  public mutating func solarize(from threshold: UInt8) {
    replace { UInt8($0 < threshold ? $0 : 255 - $0) }
  }

  /// Makes red, green and blue alike; the number of channels stays.
  public mutating func desaturate() {
    forEachColor { pixel in
      let gray = UInt8(Self.luma(pixel))
      pixel[0] = gray
      pixel[1] = gray
      pixel[2] = gray
    }
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

  /// The mean brightness, rounded.
  private var meanLuma: Int32 {
    let count = width * height
    return withPixels { pixels in
      var sum = 0
      if channels == 3 {
        for i in 0..<count { sum += Int(Self.luma(pixels + 3 * i)) }
      } else {
        for i in 0..<count { sum += Int(pixels[i]) }
      }
      return Int32((Double(sum) / Double(count) + 0.5).rounded(.down))
    }
  }

  /// Replaces every value by that of a table of 256, which the closure fills.
  private mutating func replace(_ value: (Int32) -> UInt8) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { scratch in
      let table = scratch.baseAddress!
      for level in 0..<256 { table[level] = value(Int32(level)) }
      pixels.withUnsafeMutableBufferPointer { pixels in
        let values = pixels.baseAddress!
        for i in 0..<pixels.count { values[i] = table[Int(values[i])] }
      }
    }
  }

  /// Calls the closure, which the compiler is made to inline, with every pixel of an image in colour.
  @inline(__always)
  mutating func forEachColor(_ body: (UnsafeMutablePointer<UInt8>) -> Void) {
    guard channels == 3 else { return }
    pixels.withUnsafeMutableBufferPointer { pixels in
      var pixel = pixels.baseAddress!
      let end = pixel + pixels.count
      while pixel < end {
        body(pixel)
        pixel += 3
      }
    }
  }
}
