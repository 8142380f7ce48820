import Basics

/// How sure a figure is: intervals from items drawn again and again, and tests of pairs.
///
/// Items are what is drawn, so the interval tells how far the figure would move with other items of the same kind. It does
/// not tell what another training run would give; for that, train with several seeds.
///
/// Source: Efron, Tibshirani. "An Introduction to the Bootstrap." Chapman & Hall, 1993: the percentile interval,
/// section 13.3; the bias of what is drawn, section 10; the test by exchanged signs, section 15.
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
    percentiles(draws(of: count).map(figure))
  }

  /// Returns the intervals of figures that are worked out together, moved so that the means of what was drawn lie at the
  /// figures of all items.
  ///
  /// An item that is drawn twice agrees with itself, which raises figures made of pairs of items, or of how often things
  /// come together; moving the interval takes that off. It is cut where the figures end, and holds the figures.
  ///
  /// - Parameters:
  ///   - count: The number of items.
  ///   - values: The figures of all items.
  ///   - bounds: Between what figures lie.
  ///   - figures: The figures of some items, some several times; nil where they allow none, which leaves the draw out.
  /// - Returns: An interval a figure, nil where no two draws allowed any.
  public func intervals(
    of count: Int, around values: [Double], within bounds: ClosedRange<Double>, _ figures: ([Int]) -> [Double]?
  ) -> [ClosedRange<Double>?] {
    let drawn = draws(of: count).compactMap(figures)
    guard drawn.count > 1 else { return values.map { _ in nil } }
    return values.indices.map { place in
      let figures = drawn.map { $0[place] }
      let shift = values[place] - figures.reduce(0, +) / Double(figures.count)
      let raw = percentiles(figures)
      let value = values[place]
      let lower = min(value, max(bounds.lowerBound, raw.lowerBound + shift))
      return lower...max(value, min(bounds.upperBound, raw.upperBound + shift))
    }
  }

  /// Items drawn with putting back, as many as there are, again and again.
  private func draws(of count: Int) -> some Sequence<[Int]> {
    precondition(count > 0, "there is no item to draw")
    return (0..<resamples).lazy.map { [seed] resample in
      var stream = RandomStream(seed: seed, resample)
      return (0..<count).map { _ in stream.integer(below: count) }
    }
  }

  /// Returns the interval of the median of one figure an item; of an even number the mean of the middle two.
  ///
  /// - Parameter values: At least one, finite.
  public func interval(ofMedian values: [Double]) -> ClosedRange<Double> {
    precondition(!values.isEmpty, "there is no item to draw")
    let (sorted, count) = (values.sorted(), values.count)
    return percentiles(
      (0..<resamples).map { resample in
        var stream = RandomStream(seed: seed, resample)
        // How often each was drawn, of which the middle is found without sorting them again.
        var drawn = [Int](repeating: 0, count: count)
        for _ in sorted.indices { drawn[stream.integer(below: count)] += 1 }
        func value(at place: Int) -> Double {
          var left = place
          return sorted[
            drawn.firstIndex {
              left -= $0; return left < 0
            }!]
        }
        return (value(at: (count - 1) / 2) + value(at: count / 2)) / 2
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
