/// A figure of a sample, with the interval in which it would lie of other items of the same kind.
public struct MeasuredFigure: Hashable, Sendable {
  /// The figure.
  public let value: Double

  /// Its 95 % bootstrap interval, or nil where none is known.
  public let interval: ClosedRange<Double>?

  /// Creates a figure whose interval was worked out elsewhere.
  public init(_ value: Double, in interval: ClosedRange<Double>? = nil) {
    (self.value, self.interval) = (value, interval)
  }

  /// The mean of one figure an item; at least one.
  public static func mean(of values: [Double]) -> MeasuredFigure {
    MeasuredFigure(values.reduce(0, +) / Double(values.count), in: Bootstrap().interval(ofMean: values))
  }

  /// Figures that depend on items together, such as on pairs of them.
  ///
  /// - Parameters:
  ///   - values: The figures of all items.
  ///   - count: The number of items.
  ///   - bounds: Between what they lie.
  ///   - resamples: How often items are drawn.
  ///   - figures: The figures of items, given by their indices, some several times; nil where they allow none.
  static func jointly(
    _ values: [Double], of count: Int, within bounds: ClosedRange<Double>, resamples: Int,
    _ figures: ([Int]) -> [Double]?
  ) -> [MeasuredFigure] {
    let intervals = Bootstrap(resamples: resamples).intervals(of: count, around: values, within: bounds, figures)
    return zip(values, intervals).map { MeasuredFigure($0, in: $1) }
  }

  /// The share of items that a condition holds for; at least one.
  public static func share<Item>(of items: [Item], _ condition: (Item) -> Bool) -> MeasuredFigure {
    mean(of: items.map { condition($0) ? 1 : 0 })
  }

  /// The median of one figure an item, at least one; of an even number the mean of the middle two.
  public static func median(of values: [Double]) -> MeasuredFigure {
    let sorted = values.sorted()
    return MeasuredFigure(
      (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2, in: Bootstrap().interval(ofMedian: values))
  }
}
