/// How the pixels of a resized image are made of those around the same place in the original.
public enum ResizeFilter: String, Hashable, Sendable, Codable, CaseIterable {
  /// A triangle: 1 − |*x*| for |*x*| < 1.
  case bilinear
  /// The cubic of Keys with *a* = −1/2, which overshoots a little and so looks sharper.
  ///
  /// Source: Keys. "Cubic Convolution Interpolation for Digital Image Processing." IEEE TASSP 29(6), 1981, eq. 15.
  case bicubic

  /// The distance from its middle at which the filter becomes zero.
  var support: Double {
    switch self {
    case .bilinear: 1
    case .bicubic: 2
    }
  }

  /// The weight of a pixel at the given distance.
  func weight(at distance: Double) -> Double {
    let x = abs(distance)
    switch self {
    case .bilinear:
      return max(0, 1 - x)
    case .bicubic:
      if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
      if x < 2 { return ((-0.5 * x + 2.5) * x - 4) * x + 2 }
      return 0
    }
  }
}
