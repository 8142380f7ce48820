import Basics

/// How sure a figure is: intervals from items drawn again and again, and tests of pairs.
///
/// Items are what is drawn, so the interval tells how far the figure would move with other items of the same kind. It does
/// not tell what another training run would give; for that, train with several seeds.
///
/// Source: Efron, Tibshirani. "An Introduction to the Bootstrap." Chapman & Hall, 1993: the percentile interval,
/// section 13.3; the test by exchanged signs, section 15.
public struct Bootstrap: Hashable, Sendable, Codable {
  /// How often items are drawn.
  public let resamples: Int

  /// The chance that the interval holds the figure.
  public let level: Double

  /// What all is drawn from.
  public let seed: UInt64

  /// Creates a bootstrap.
  public init(resamples: Int = 1000, level: Double = 0.95, seed: UInt64 = 1) {
    precondition(resamples > 1, "an interval takes two resamples or more, not \(resamples)")
    precondition(0 < level && level < 1, "the level lies between 0 and 1, not at \(level)")
    (self.resamples, self.level, self.seed) = (resamples, level, seed)
  }

  /// Returns the interval of the mean of one figure an item.
  ///
  /// - Parameter values: At least one, finite.
  public func interval(ofMean values: [Double]) -> ClosedRange<Double> {
    precondition(!values.isEmpty, "there is no item to draw")
    return percentiles(
      (0..<resamples).map { resample in
        var stream = RandomStream(seed: seed, resample)
        var sum = 0.0
        for _ in values.indices { sum += values[stream.integer(below: values.count)] }
        return sum / Double(values.count)
      })
  }

  /// Returns the interval of any figure of items, given by their indices among *count*, some several times.
  public func interval(of count: Int, _ figure: ([Int]) -> Double) -> ClosedRange<Double> {
    precondition(count > 0, "there is no item to draw")
    return percentiles(
      (0..<resamples).map { resample in
        var stream = RandomStream(seed: seed, resample)
        return figure((0..<count).map { _ in stream.integer(below: count) })
      })
  }

  /// What two models' figures on the same items say of their difference.
  public struct PairedDifference: Hashable, Sendable, Codable {
    /// The mean of the first less that of the second.
    public let difference: Double

    /// The bootstrap interval of the difference.
    public let interval: ClosedRange<Double>

    /// How often a difference this large would come about if both were equally good: two-sided, by exchanging both
    /// models' figures of an item at random.
    public let pValue: Double
  }

  /// Compares figures of two models, item by item.
  public func compare(_ first: [Double], _ second: [Double]) -> PairedDifference {
    precondition(
      first.count == second.count && !first.isEmpty, "pairs expected, got \(first.count) and \(second.count) figures")
    let differences = zip(first, second).map { $0 - $1 }
    let mean = differences.reduce(0, +) / Double(differences.count)
    // Equal figures stay equal whatever their sign; rounding must not count as less.
    let bar = abs(mean) * (1 - 1e-12)
    let extremes = (0..<resamples).count { resample in
      var stream = RandomStream(seed: seed, resample, 1)
      var (sum, bits, left) = (0.0, UInt64(0), 0)
      for difference in differences where difference != 0 {
        if left == 0 { (bits, left) = (stream.next(), 64) }
        sum += bits & 1 == 0 ? difference : -difference
        (bits, left) = (bits >> 1, left - 1)
      }
      return abs(sum / Double(differences.count)) >= bar
    }
    return PairedDifference(
      difference: mean, interval: interval(ofMean: differences),
      pValue: Double(extremes + 1) / Double(resamples + 1))
  }

  /// The middle `level` of figures, between neighbours in proportion.
  private func percentiles(_ figures: [Double]) -> ClosedRange<Double> {
    let sorted = figures.sorted()
    func quantile(_ p: Double) -> Double {
      let place = p * Double(sorted.count - 1)
      let low = Int(place)
      let high = min(low + 1, sorted.count - 1)
      return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
    }
    return quantile((1 - level) / 2)...quantile((1 + level) / 2)
  }
}
