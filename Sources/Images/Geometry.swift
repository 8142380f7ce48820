import CImage

/// A direction along which an image is mirrored.
public enum MirrorAxis: String, Hashable, Sendable, Codable {
  /// Left and right change places.
  case horizontal
  /// Top and bottom change places.
  case vertical
}

extension Image {
  /// Creates an image whose pixels are written by a closure that is given uninitialized memory and must fill it all.
  init(_ size: ImageSize, channels: Int, writing body: (UnsafeMutablePointer<UInt8>) -> Void) {
    let count = size.width * size.height * channels
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      body(buffer.baseAddress!)
      initialized = count
    }
    self.init(width: size.width, height: size.height, channels: channels, pixels: pixels)
  }

  /// Calls a closure with the address of the pixels.
  func withPixels<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
    pixels.withUnsafeBufferPointer { body($0.baseAddress!) }
  }

  /// The mirror image.
  public func flipped(_ axis: MirrorAxis) -> Image {
    let (width, height, channels) = (width, height, channels)
    let stride = width * channels
    return withPixels { source in
      Image(size, channels: channels) { target in
        for y in 0..<height {
          switch axis {
          case .vertical:
            (target + y * stride).update(from: source + (height - 1 - y) * stride, count: stride)
          case .horizontal:
            cimage_mirror_row(source + y * stride, width, Int32(channels), target + y * stride)
          }
        }
      }
    }
  }

  /// The image with rows as columns.
  func transposed() -> Image {
    let (width, height, channels) = (width, height, channels)
    return withPixels { source in
      Image(ImageSize(width: height, height: width), channels: channels) { target in
        for y in 0..<height {
          for x in 0..<width {
            for c in 0..<channels {
              target[(x * height + y) * channels + c] = source[(y * width + x) * channels + c]
            }
          }
        }
      }
    }
  }

  /// A part of the image.
  ///
  /// - Parameters:
  ///   - x: The first column.
  ///   - y: The first row.
  ///   - part: The size of the part, which must lie within the image.
  public func cropped(x: Int, y: Int, to part: ImageSize) -> Image {
    precondition(
      x >= 0 && y >= 0 && x + part.width <= width && y + part.height <= height,
      "\(part.width)×\(part.height) at \(x),\(y) does not lie within \(width)×\(height)")
    let stride = part.width * channels
    return withPixels { source in
      Image(part, channels: channels) { target in
        for row in 0..<part.height {
          (target + row * stride).update(from: source + ((y + row) * width + x) * channels, count: stride)
        }
      }
    }
  }

  /// Writes another image over a part of this one; what falls outside is left out.
  ///
  /// - Parameters:
  ///   - other: The image to write, with as many channels as this one.
  ///   - x: The column of its left edge; may be negative.
  ///   - y: The row of its top edge; may be negative.
  public mutating func paste(_ other: Image, atX x: Int, y: Int) {
    precondition(channels == other.channels, "an image of \(other.channels) channels does not fit \(channels)")
    let columns = max(x, 0)..<max(min(x + other.width, width), max(x, 0))
    let rows = max(y, 0)..<max(min(y + other.height, height), max(y, 0))
    let (width, channels) = (width, channels)
    guard !columns.isEmpty else { return }
    other.withPixels { source in
      pixels.withUnsafeMutableBufferPointer { target in
        for row in rows {
          (target.baseAddress! + (row * width + columns.lowerBound) * channels).update(
            from: source + ((row - y) * other.width + columns.lowerBound - x) * channels,
            count: columns.count * channels)
        }
      }
    }
  }

  /// The image in the middle of a square as wide as its longer side.
  ///
  /// - Parameter level: The value of the added pixels, 255 for white.
  public func padded(with level: UInt8 = 255) -> Image {
    guard width != height else { return self }
    let side = max(width, height)
    var square = Image(width: side, height: side, color: Array(repeating: level, count: channels))
    square.paste(self, atX: (side - width) / 2, y: (side - height) / 2)
    return square
  }
}
