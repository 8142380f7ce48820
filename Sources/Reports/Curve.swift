/// A figure over the steps of a run.
public struct Curve: Hashable, Sendable, Encodable {
  /// The name of the figure, as `metrics.jsonl` has it.
  public let name: String

  /// The steps, ascending.
  public let steps: [Int]

  /// The values, one a step; nil where the value was no finite number.
  public let values: [Double?]

  /// Creates a curve of at most so many points.
  ///
  /// Of more, the steps are cut into stretches of equal numbers of points, and of each the lowest and the highest point
  /// is kept: no peak is lost. Of equal values one after another the first is kept, and the last point in any case: a
  /// figure that is measured now and then is repeated in between.
  public init(name: String, points: [(step: Int, value: Double)], atMost limit: Int = 800) {
    precondition(limit >= 4, "a curve needs four points at least, not \(limit)")
    self.name = name
    var kept = points.indices.filter {
      $0 == 0 || $0 == points.count - 1 || points[$0].value != points[$0 - 1].value
    }
    if kept.count > limit {
      let stretches = limit / 2 - 1
      let inner = kept.dropFirst().dropLast()
      let thinned = (0..<stretches).flatMap { stretch -> [Int] in
        let part = inner.dropFirst(stretch * inner.count / stretches).prefix(
          (stretch + 1) * inner.count / stretches - stretch * inner.count / stretches)
        let finite = part.filter { points[$0].value.isFinite }
        guard let lowest = finite.min(by: { points[$0].value < points[$1].value }),
          let highest = finite.max(by: { points[$0].value < points[$1].value })
        else { return Array(part.prefix(1)) }
        return lowest == highest ? [lowest] : [min(lowest, highest), max(lowest, highest)]
      }
      kept = [kept[0]] + thinned + [kept[kept.count - 1]]
    }
    steps = kept.map { points[$0].step }
    values = kept.map { points[$0].value.isFinite ? points[$0].value : nil }
  }
}
