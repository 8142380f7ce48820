extension Image {
  /// The image blurred with a Gaussian, cut off at a radius; pixels beyond the edge are those of the edge.
  ///
  /// - Parameters:
  ///   - sigma: The standard deviation in pixels.
  ///   - radius: How many pixels count on either side; 0 changes nothing.
  public func blurred(sigma: Double, radius: Int) -> Image {
    precondition(sigma > 0 && radius >= 0, "a blur needs a positive sigma and a radius, not \(sigma) and \(radius)")
    guard radius > 0 else { return self }
    let columns = AxisWeights(blurring: width, sigma: sigma, radius: radius)
    let rows = AxisWeights(blurring: height, sigma: sigma, radius: radius)
    let stride = width * channels
    return withPixels { source in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: stride * height) { scratch in
        let between = scratch.baseAddress!
        columns.filterRows(0..<height, of: source, stride: stride, channels: channels, into: between)
        return Image(size, channels: channels) {
          rows.filterColumns(of: UnsafePointer(between), stride: stride, width: stride, into: $0)
        }
      }
    }
  }
}
