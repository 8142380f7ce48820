import Basics

/// How the pixels of a turned image are made of those around the same place in the original.
public enum RotationFilter: String, Hashable, Sendable, Codable, CaseIterable {
  /// The pixel that covers the place.
  case nearest
  /// A mixture of four, by their distances.
  case bilinear
}

extension Image {
  /// The image turned counter-clockwise by a number of right angles, without loss; an odd number swaps the sides.
  public func turned(quarters: Int) -> Image {
    switch ((quarters % 4) + 4) % 4 {
    case 1: oriented(.quarterCounterclockwise)
    case 2: oriented(.upsideDown)
    case 3: oriented(.quarterClockwise)
    default: self
    }
  }

  /// The image turned counter-clockwise about its middle, in its own size, as Pillow's `rotate` does it.
  ///
  /// The middle of pixel (*x*, *y*) of the result shows the place (*c* + cos φ·*u* − sin φ·*v*, *d* + sin φ·*u* + cos φ·*v*)
  /// of the original, with (*c*, *d*) the image's middle and (*u*, *v*) = (*x* + ½ − *c*, *y* + ½ − *d*).
  ///
  /// - Parameters:
  ///   - degrees: The angle φ.
  ///   - filter: How pixels are mixed; beyond the edge they are those of the edge.
  ///   - level: The value of pixels that show a place outside of the image.
  public func rotated(degrees: Double, filter: RotationFilter = .nearest, level: UInt8 = 0) -> Image {
    let (sine, cosine) = (Double.sin(degrees / 180 * .pi), Double.cos(degrees / 180 * .pi))
    let (middleX, middleY) = (Double(width) / 2, Double(height) / 2)
    let (width, height, channels) = (width, height, channels)
    return withPixels { source in
      Image(size, channels: channels) { target in
        var out = target
        for y in 0..<height {
          for x in 0..<width {
            let (u, v) = (Double(x) + 0.5 - middleX, Double(y) + 0.5 - middleY)
            let (fromX, fromY) = (cosine * u - sine * v + middleX, sine * u + cosine * v + middleY)
            if fromX < 0 || fromY < 0 || fromX >= Double(width) || fromY >= Double(height) {
              for c in 0..<channels { out[c] = level }
            } else if filter == .nearest {
              let pixel = source + (Int(fromY) * width + Int(fromX)) * channels
              for c in 0..<channels { out[c] = pixel[c] }
            } else {
              let (left, top) = ((fromX - 0.5).rounded(.down), (fromY - 0.5).rounded(.down))
              let (dx, dy) = (fromX - 0.5 - left, fromY - 0.5 - top)
              let (x0, x1) = (max(Int(left), 0) * channels, min(Int(left) + 1, width - 1) * channels)
              let (row0, row1) = (
                source + max(Int(top), 0) * width * channels, source + min(Int(top) + 1, height - 1) * width * channels
              )
              for c in 0..<channels {
                let above = Double(row0[x0 + c]) * (1 - dx) + Double(row0[x1 + c]) * dx
                let below = Double(row1[x0 + c]) * (1 - dx) + Double(row1[x1 + c]) * dx
                out[c] = UInt8(above * (1 - dy) + below * dy + 0.5)
              }
            }
            out += channels
          }
        }
      }
    }
  }
}
