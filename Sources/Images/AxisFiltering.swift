import CImage

extension AxisWeights {
  /// Filters along rows: every given row of the source becomes a row of the target, one after the other.
  func filterRows(
    _ rows: Range<Int>, of source: UnsafePointer<UInt8>, stride sourceStride: Int, channels: Int,
    into target: UnsafeMutablePointer<UInt8>
  ) {
    let left = alike.isEmpty ? 0..<starts.count : 0..<alike.lowerBound
    let right = alike.isEmpty ? starts.count..<starts.count : alike.upperBound..<starts.count
    withAxes(left, right) { left, right in
      for (number, y) in rows.enumerated() {
        let (row, out) = (source + y * sourceStride, target + number * starts.count * channels)
        cimage_filter_row(row, left, Int32(channels), out)
        guard !alike.isEmpty else { continue }
        // Where weights are alike, neighbours are mixed as rows are: side by side, whatever channel they belong to.
        cimage_mix(
          row + starts[alike.lowerBound] * channels, channels, left.pointee.weights + alike.lowerBound * stride, stride,
          alike.count * channels, out + alike.lowerBound * channels)
        cimage_filter_row(row, right, Int32(channels), out + alike.upperBound * channels)
      }
    }
  }

  /// Filters along columns: `width` bytes of every row, whatever channel they belong to.
  func filterColumns(
    of source: UnsafePointer<UInt8>, skipping first: Int = 0, stride sourceStride: Int, width: Int,
    into target: UnsafeMutablePointer<UInt8>
  ) {
    weights.withUnsafeBufferPointer { weights in
      for y in starts.indices {
        cimage_mix(
          source + (starts[y] - first) * sourceStride, sourceStride, weights.baseAddress! + y * stride, counts[y],
          width,
          target + y * width)
      }
    }
  }

  /// Calls a body with the weights of two ranges of positions.
  private func withAxes(
    _ left: Range<Int>, _ right: Range<Int>,
    _ body: (UnsafePointer<cimage_axis>, UnsafePointer<cimage_axis>) -> Void
  ) {
    starts.withUnsafeBufferPointer { starts in
      counts.withUnsafeBufferPointer { counts in
        weights.withUnsafeBufferPointer { weights in
          func axis(_ range: Range<Int>) -> cimage_axis {
            cimage_axis(
              inputs: inputs, length: range.count, starts: starts.baseAddress! + range.lowerBound,
              counts: counts.baseAddress! + range.lowerBound,
              weights: weights.baseAddress! + range.lowerBound * stride, stride: stride)
          }
          var (first, second) = (axis(left), axis(right))
          body(&first, &second)
        }
      }
    }
  }
}
