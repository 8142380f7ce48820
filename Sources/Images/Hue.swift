extension Image {
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
  public mutating func shiftHue(by turn: Double) {
    let turn = turn - turn.rounded(.down)
    guard turn != 0 else { return }
    let shift = Float(turn * 6)
    forEachColor { pixel in
      let (red, green, blue) = (Float(pixel[0]), Float(pixel[1]), Float(pixel[2]))
      let value = max(red, green, blue)
      let range = value - min(red, green, blue)
      guard range > 0 else { return }
      var hue: Float
      if value == red {
        hue = (green - blue) / range
      } else if value == green {
        hue = 2 + (blue - red) / range
      } else {
        hue = 4 + (red - green) / range
      }
      hue += shift
      pixel[0] = Self.channel(5 + hue, value, range)
      pixel[1] = Self.channel(3 + hue, value, range)
      pixel[2] = Self.channel(1 + hue, value, range)
    }
  }

  /// A channel of the colour whose *n* + *h* is given, not yet brought into 0 ..< 6 but within 0 ..< 18.
  @inline(__always)
  private static func channel(_ position: Float, _ value: Float, _ range: Float) -> UInt8 {
    var k = position
    if k >= 12 { k -= 12 }
    if k >= 6 { k -= 6 }
    return UInt8(value - range * min(max(min(k, 4 - k), 0), 1) + 0.5)
  }
}
