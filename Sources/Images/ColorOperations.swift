import CImage

/// One change of the colours of an image, with the rounding of Pillow's `ImageEnhance` (and so of torchvision on such
/// images) to 8 bits.
enum ColorOperation {
  /// Multiplies every value by the factor: 0 is black, 1 changes nothing.
  case brightness(Double)
  /// Moves every value away from the image's mean brightness by the factor: 0 is flat gray, 1 changes nothing.
  case contrast(Double)
  /// Moves every pixel away from its own gray by the factor: 0 is gray, 1 changes nothing.
  case saturation(Double)
  /// Turns every colour around the hue circle by a part of it; see `Image.shiftHue(by:)`.
  case hue(Double)
  /// Makes red, green and blue alike.
  case gray

  /// The change as the loops over pixels know it; nil where it changes nothing.
  fileprivate var change: cimage_color_change? {
    switch self {
    case .brightness(let factor): return cimage_color_change(kind: CIMAGE_BRIGHTNESS, amount: Float(factor))
    case .contrast(let factor): return cimage_color_change(kind: CIMAGE_CONTRAST, amount: Float(factor))
    case .saturation(let factor):
      return factor == 1 ? nil : cimage_color_change(kind: CIMAGE_SATURATION, amount: Float(factor))
    case .hue(let turn):
      let part = turn - turn.rounded(.down)
      return part == 0 ? nil : cimage_color_change(kind: CIMAGE_HUE, amount: Float(part * 6))
    case .gray: return cimage_color_change(kind: CIMAGE_GRAY, amount: 0)
    }
  }
}

extension Image {
  /// Makes changes one after the other, in as few passes over the pixels as their order allows: contrast alone needs to
  /// know all pixels before it begins.
  mutating func apply(_ operations: [ColorOperation]) {
    guard channels == 3 else { return applyToGray(operations) }
    let changes = operations.compactMap(\.change)
    pixels.withUnsafeMutableBufferPointer {
      cimage_change_colors($0.baseAddress!, $0.count / 3, changes, Int32(changes.count))
    }
  }

  /// An image without colours has nothing but brightness to change.
  private mutating func applyToGray(_ operations: [ColorOperation]) {
    for operation in operations {
      switch operation {
      case .brightness(let factor):
        replace { Self.mixed(0, $0, Float(factor)) }
      case .contrast(let factor):
        let mean = Double(pixels.reduce(0) { $0 + Int($1) }) / Double(pixels.count)
        let middle = Int32((mean + 0.5).rounded(.down))
        replace { Self.mixed(middle, $0, Float(factor)) }
      case .saturation, .hue, .gray: break
      }
    }
  }

  /// A mixture *from* + factor·(*to* − *from*), cut to 0 … 255, its fraction dropped.
  private static func mixed(_ from: Int32, _ to: Int32, _ factor: Float) -> UInt8 {
    UInt8(min(max(Float(from) + factor * Float(to - from), 0), 255))
  }

  /// Multiplies every value by the factor: 0 is black, 1 changes nothing.
  public mutating func adjustBrightness(by factor: Double) { apply([.brightness(factor)]) }

  /// Moves every value away from the image's mean brightness by the factor: 0 is flat gray, 1 changes nothing.
  public mutating func adjustContrast(by factor: Double) { apply([.contrast(factor)]) }

  /// Moves every pixel away from its own gray by the factor: 0 is gray, 1 changes nothing.
  public mutating func adjustSaturation(by factor: Double) { apply([.saturation(factor)]) }

  /// Turns every colour around the hue circle, in place.
  ///
  /// In the space of hue, saturation and value, a turn leaves a pixel's largest value *V* and its range *C* as they
  /// are. With the hue *h* in sixths of the circle, the channels are *V* − *C*·clip(min(*k*, 4 − *k*), 0, 1), where
  /// *k* = (*n* + *h*) mod 6 and *n* is 5 for red, 3 for green and 1 for blue.
  ///
  /// Pillow, and with it torchvision, rounds hue and saturation to 8 bits on the way; nothing is rounded here before
  /// the end, so that results differ by a level or two where colours are strong.
  ///
  /// Source: Smith. "Color Gamut Transform Pairs." SIGGRAPH 1978.
  ///
  /// - Parameter turn: The angle as a part of the circle; 0 and 1 change nothing, 1/3 makes red green.
  public mutating func shiftHue(by turn: Double) { apply([.hue(turn)]) }

  /// Makes red, green and blue alike; the number of channels stays.
  public mutating func desaturate() { apply([.gray]) }

  /// Inverts values from the threshold on.
  public mutating func solarize(from threshold: UInt8) {
    replace { UInt8($0 < threshold ? $0 : 255 - $0) }
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
}
