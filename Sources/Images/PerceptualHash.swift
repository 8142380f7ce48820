#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// 64 bits of what an image shows, few of which change when it is scaled, compressed again or lightened.
///
/// Which of the 64 lowest frequencies of luma at 16 × 16, without the mean, are above 20:
///
///     F(k, l) = Σᵢ Σⱼ Y(i, j) · cos(π·k·(2i + 1)/32) · cos(π·l·(2j + 1)/32)
///
/// in the order of *k* + *l*, then of *k*. Photos of different things differ in 32 bits on average. What rounding makes of
/// a frequency that is not there has a deviation of 2 to 3: were the threshold 0, smooth images would have bits of noise,
/// 10 of which differ between an image of 16 soft spots and its copy at JPEG quality 75, instead of one.
///
/// Source: Zauner. "Implementation and Benchmarking of Perceptual Image Hash Functions." Thesis, Hagenberg 2010,
/// section 3.2, which compares with the median.
public struct PerceptualHash: Hashable, Sendable {
  /// The comparisons, the lowest frequency in the highest bit.
  public let bits: UInt64

  /// Computes the hash from an image's miniature.
  public init(of miniature: Miniature) {
    let luma = (0..<16).map { row in SIMD16<Float>(miniature.bytes[16 * row..<16 * row + 16].map(Float.init)) }
    // Columns first: a row of 16 for each vertical frequency.
    let rows = Self.waves.map { wave in
      var sum = SIMD16<Float>.zero
      for i in 0..<16 { sum.addProduct(luma[i], SIMD16(repeating: wave[i])) }
      return sum
    }
    var bits: UInt64 = 0
    for (k, l) in Self.frequencies { bits = bits << 1 | ((rows[k] * Self.waves[l]).sum() > Self.threshold ? 1 : 0) }
    self.bits = bits
  }

  /// The number of bits in which two hashes differ.
  public func distance(to other: PerceptualHash) -> Int { (bits ^ other.bits).nonzeroBitCount }

  private static let threshold: Float = 20

  /// cos(π·k·(2i + 1)/32) for every *k* that is used.
  private static let waves: [SIMD16<Float>] = (0...10).map { k in
    SIMD16((0..<16).map { i in Float(cos(Double.pi * Double(k * (2 * i + 1)) / 32)) })
  }

  private static let frequencies: [(Int, Int)] = Array(
    (1...10).flatMap { sum in (0...sum).map { ($0, sum - $0) } }.prefix(64))
}
