import Basics

/// Random numbers for every value of an image, by their place alone: any of them can be computed without the others,
/// and by whole tensors at once.
///
/// Number *i* of a seed is a hash of *i* + seed·0x9E3779B9 (mod 2³²).
///
/// Source: the hash is Wellons' "lowbias32", <https://nullprogram.com/blog/2018/07/31/>.
public struct PixelNoise: Hashable, Sendable {
  /// What the numbers are named by.
  public let seed: UInt32

  /// Creates the numbers of a seed.
  public init(seed: UInt32) {
    self.seed = seed
  }

  /// 32 random bits.
  @inline(__always)
  public func bits(_ index: Int) -> UInt32 {
    var x = UInt32(truncatingIfNeeded: index) &+ seed &* 0x9E37_79B9
    x = (x ^ (x >> 16)) &* 0x7FEB_352D
    x = (x ^ (x >> 15)) &* 0x846C_A68B
    return x ^ (x >> 16)
  }

  /// A number of the standard normal distribution, from two hashes (Box and Muller, 1958).
  @inline(__always)
  public func normal(_ index: Int) -> Double {
    let radius = (Double(bits(2 * index)) + 1) / 0x1p32
    let angle = Double(bits(2 * index + 1)) / 0x1p32
    return (-2 * Double.log(radius)).squareRoot() * Double.cos(2 * .pi * angle)
  }
}

extension Image {
  /// Adds a number of the normal distribution to every value, cut to 0 … 255.
  ///
  /// - Parameter deviation: Its standard deviation, in levels of 255.
  public mutating func addNoise(deviation: Double, seed: UInt32) {
    let noise = PixelNoise(seed: seed)
    pixels.withUnsafeMutableBufferPointer { pixels in
      for i in 0..<pixels.count {
        pixels[i] = UInt8(min(max(Double(pixels[i]) + deviation * noise.normal(i) + 0.5, 0), 255))
      }
    }
  }
}
