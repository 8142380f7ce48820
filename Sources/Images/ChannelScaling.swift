import CImage

/// Turns bytes of red, green and blue into the numbers that a network takes: (*value*/255 − mean)/deviation.
///
/// Computed as *value*·*a* + *b* in `float32`, at most 3 units in the last place of 1 from the formula.
public struct ChannelScaling: Sendable {
  private let scale, shift: [Float]

  /// Creates a scaling from a mean and a deviation for each channel, on a scale from 0 to 1.
  public init(mean: [Double], deviation: [Double]) {
    precondition(mean.count == 3 && deviation.count == 3, "an image has three channels")
    scale = deviation.map { Float(1 / (255 * $0)) }
    shift = zip(mean, deviation).map { Float(-$0 / $1) }
  }

  /// Writes a number for every byte.
  ///
  /// - Parameters:
  ///   - pixels: Pixels of three channels side by side.
  ///   - target: Memory for as many numbers, uninitialized or not.
  public func write(_ pixels: [UInt8], to target: UnsafeMutablePointer<Float>) {
    precondition(pixels.count.isMultiple(of: 3), "\(pixels.count) values are not of three channels")
    cimage_scale(pixels, pixels.count, scale, shift, target)
  }
}
