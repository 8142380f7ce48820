extension AxisWeights {
  private static let half: Int32 = 1 << (fractionBits - 1)

  @inline(__always)
  private static func clamped(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: min(max(sum >> fractionBits, 0), 255))
  }

  /// Filters along rows: every given row of the source becomes a row of the target, one after the other.
  func filterRows(
    _ rows: Range<Int>, of source: UnsafePointer<UInt8>, stride sourceStride: Int, channels: Int,
    into target: UnsafeMutablePointer<UInt8>
  ) {
    let width = starts.count
    weights.withUnsafeBufferPointer { weights in
      starts.withUnsafeBufferPointer { starts in
        counts.withUnsafeBufferPointer { counts in
          var out = target
          for y in rows {
            let row = source + y * sourceStride
            for x in 0..<width {
              let count = counts[x]
              let w = weights.baseAddress! + x * stride
              if channels == 3 {
                var pixel = row + starts[x] * 3
                var (red, green, blue) = (Self.half, Self.half, Self.half)
                for k in 0..<count {
                  red &+= Int32(pixel[0]) &* w[k]
                  green &+= Int32(pixel[1]) &* w[k]
                  blue &+= Int32(pixel[2]) &* w[k]
                  pixel += 3
                }
                out[0] = Self.clamped(red)
                out[1] = Self.clamped(green)
                out[2] = Self.clamped(blue)
                out += 3
              } else {
                let pixel = row + starts[x]
                var gray = Self.half
                for k in 0..<count { gray &+= Int32(pixel[k]) &* w[k] }
                out[0] = Self.clamped(gray)
                out += 1
              }
            }
          }
        }
      }
    }
  }

  /// Filters along columns: `width` bytes of every row, whatever channel they belong to.
  func filterColumns(
    of source: UnsafePointer<UInt8>, skipping first: Int = 0, stride sourceStride: Int, width: Int,
    into target: UnsafeMutablePointer<UInt8>
  ) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: width) { scratch in
      let sums = scratch.baseAddress!
      for y in starts.indices {
        sums.initialize(repeating: Self.half, count: width)
        for k in 0..<counts[y] {
          let row = source + (starts[y] - first + k) * sourceStride
          let weight = weights[y * stride + k]
          for x in 0..<width { sums[x] &+= Int32(row[x]) &* weight }
        }
        let out = target + y * width
        for x in 0..<width { out[x] = Self.clamped(sums[x]) }
      }
    }
  }
}
