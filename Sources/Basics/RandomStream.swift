/// A small, fast, seeded source of random numbers, one for every decision that must be repeatable.
///
/// A stream is named by a seed and a path of integers, such as *(seed, epoch, sample, view)*: two streams with the
/// same name give the same numbers on any machine, whatever thread asks and in whatever order samples are made. That
/// is what makes a run independent of the number of workers and exact to resume.
///
/// The name is hashed with SplitMix64's finalizer into the 256-bit state of xoshiro256**, which passes BigCrush and
/// costs about a nanosecond a number. It is not for cryptography.
///
/// Source: Blackman, Vigna. "Scrambled Linear Pseudorandom Number Generators." ACM TOMS 47(4), 2021.
/// <https://prng.di.unimi.it>
public struct RandomStream: RandomNumberGenerator, Hashable, Codable, Sendable {
  private var s0, s1, s2, s3: UInt64

  /// Creates the stream with the given name.
  public init(seed: UInt64, _ path: Int...) {
    var hash = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15)
    for part in path {
      hash = Self.mixed(hash ^ Self.mixed(UInt64(bitPattern: Int64(part)) &+ 0xD1B5_4A32_D192_ED03))
    }
    func next() -> UInt64 {
      hash &+= 0x9E37_79B9_7F4A_7C15
      return Self.mixed(hash)
    }
    (s0, s1, s2, s3) = (next(), next(), next(), next())
  }

  /// Creates a stream in a known state, to compare with the published algorithm.
  package init(state: (UInt64, UInt64, UInt64, UInt64)) {
    (s0, s1, s2, s3) = state
  }

  /// Returns the next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = Self.rotated(s1 &* 5, by: 7) &* 9
    let t = s1 &<< 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = Self.rotated(s3, by: 45)
    return result
  }

  /// Returns a number in [0, 1) with 53 random bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Returns a number between the bounds.
  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// Returns an integer in 0 ..< *bound*, each equally likely.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "a random integer needs a positive bound, not \(bound)")
    return Int(next(upperBound: UInt64(bound)))
  }

  /// Returns true with the given probability.
  public mutating func chance(_ probability: Double) -> Bool {
    uniform() < probability
  }

  /// Returns a number from the standard normal distribution, by the polar method of Marsaglia.
  public mutating func normal() -> Double {
    while true {
      let u = 2 * uniform() - 1
      let v = 2 * uniform() - 1
      let s = u * u + v * v
      if s > 0, s < 1 { return u * (-2 * Double.log(s) / s).squareRoot() }
    }
  }

  /// Returns the integers 0 ..< *count* in random order (Fisher and Yates).
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(i, integer(below: i + 1))
    }
    return order
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static func rotated(_ value: UInt64, by count: UInt64) -> UInt64 {
    (value &<< count) | (value &>> (64 &- count))
  }
}
