/// How well the similarity of two texts tells whether they belong together, by the threshold that is best for these pairs.
///
/// Accuracy and F1 each choose their threshold on the pairs that they are measured on, as sentence-transformers does: they
/// say what is in the similarities, and not what a threshold chosen before would give. AP asks no threshold.
public struct PairClassification {
  /// Creates the measurement.
  public init() {}

  /// Measures pairs.
  ///
  /// - Parameters:
  ///   - same: Whether each pair belongs together.
  ///   - resamples: How often pairs are drawn for the intervals.
  /// - Throws: `InputError` when there are not both kinds of pairs.
  public func measure(_ pairs: PairContext, same: [Bool], resamples: Int = 1000) throws -> Table {
    precondition(same.count == pairs.count, "\(pairs.count) pairs take an answer each, got \(same.count)")
    var rows = try pairs.rows { _, similarity, scores in
      // Sorted once: every draw sorts again what then is in order.
      let order = scores.indices.sorted { scores[$0] > scores[$1] }
      let (sorted, answers) = (order.map { scores[$0] }, order.map { same[$0] })
      let whole = try Verification(scores: sorted, same: answers)
      let figures = MeasuredFigure.jointly(
        Self.figures(whole), of: same.count, within: -1...1, resamples: resamples
      ) { items in
        var times = [Int](repeating: 0, count: same.count)
        for item in items { times[item] += 1 }
        return (try? Verification(scores: sorted, same: answers, weights: times)).map(Self.figures)
      }
      let sign: Double = similarity.isDistance ? -1 : 1
      let thresholds = [whole.mostAccurate, whole.bestF1].map { MeasuredFigure(sign * $0.threshold) }
      return [figures[0], thresholds[0], figures[1], thresholds[1]] + Array(figures[2...])
    }
    let share = Double(same.count { $0 }) / Double(same.count)
    rows.append(Table.Row("chance", [max(share, 1 - share), nil, 2 * share / (1 + share), nil, share, 1, share, 0]))
    return Table(
      "pairs of \(pairs.name): \(same.count { $0 }) that belong together, \(same.count { !$0 }) that do not",
      columns: ["accuracy", "at", "F1", "at", "precision", "recall", "AP", "MCC"], rows: rows)
  }

  /// All figures but the thresholds.
  private static func figures(_ found: Verification) -> [Double] {
    let best = found.bestF1
    return [
      found.mostAccurate.accuracy, best.f1, best.precision, best.recall, found.averagePrecision,
      best.matthewsCorrelation,
    ]
  }
}
