/// How well the cosine similarity of two items tells whether they are of one class.
public struct VerificationMeasurement {
  private let pairs: Int
  private let label: String?
  private let seed: UInt64

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - pairs: How many pairs of each kind to draw.
  ///   - label: Which labels; the source's main ones unless told.
  ///   - seed: What the pairs are drawn from.
  public init(pairs: Int = 5000, label: String?, seed: UInt64 = 1) {
    (self.pairs, self.label, self.seed) = (pairs, label, seed)
  }

  /// Measures on pairs of test items; the threshold of the accuracy is chosen on pairs of those to learn from, or where
  /// there are none, on the other pairs in turn.
  public func measure(_ context: MeasurementContext) throws -> Table { try findings(context).table }

  /// The same with the pairs of one class that are least alike, and those of two that are most.
  public func findings(_ context: MeasurementContext) throws -> Findings {
    let (test, labels, labeling) = try context.labelledTest(label)
    let drawn = try LabelledPairs(labels, each: pairs, seed: seed)
    let train = context.source.split.train.isEmpty ? nil : try context.labelledTrain(label)
    let learned = try train.map { ($0.items, try LabelledPairs($0.labels, each: pairs, seed: seed)) }
    let rows = try test.vectors.indices.map { place in
      let threshold = try learned.map { items, pairs in
        try Verification(scores: pairs.similarities(items.vectors[place].vectors), same: pairs.same).bestThreshold
      }
      return Table.Row(
        test.vectors[place].name,
        try Self.figures(
          of: drawn, drawn.similarities(test.vectors[place].vectors), among: labels.count, at: threshold))
    }
    let table = Table(
      "pairs of one class or two on \(context.source.name), \(labeling): \(drawn.same.count) pairs of "
        + "\(labels.count) items kept for measuring",
      columns: Self.columns, rows: rows)
    return Findings(table, groups: Self.worst(drawn, drawn.similarities(test.vectors[0].vectors), test.items))
  }

  /// The pairs on the wrong ends, each once.
  private static func worst(_ pairs: LabelledPairs, _ scores: [Double], _ items: [Int]) -> [Findings.Group] {
    func rows(_ same: Bool, _ order: (Double, Double) -> Bool) -> [Findings.Row] {
      var seen: Set<[Int]> = []
      let places = scores.indices.filter { pairs.same[$0] == same }
        .sorted { scores[$0] == scores[$1] ? $0 < $1 : order(scores[$0], scores[$1]) }
        .filter { seen.insert([pairs.first[$0], pairs.second[$0]].sorted()).inserted }
      return places.prefix(WorstQueries.limit).map { place in
        Findings.Row(
          query: .item(items[pairs.first[place]]), note: nil,
          hits: [
            Findings.Hit(subject: .item(items[pairs.second[place]]), similarity: scores[place], isRight: same)
          ])
      }
    }
    return [
      Findings.Group(
        title: "One class, least alike", note: "Pairs of one class with the lowest similarity.", rows: rows(true, <)),
      Findings.Group(
        title: "Two classes, most alike", note: "Pairs of two classes with the highest similarity.",
        rows: rows(false, >)),
    ]
  }

  /// Measures on pairs that are given; the threshold of the accuracy is chosen on the other pairs in turn.
  ///
  /// - Throws: `InputError` when the pairs' labels do not say which belong together, or they are all of one kind.
  public static func measure(_ pairs: EmbeddingPairs) throws -> Table {
    let same = try pairs.areSame()
    let scores = LabelledPairs.similarities(pairs.first, pairs.second)
    return Table(
      "pairs of \(pairs.name): \(same.count { $0 }) that belong together, \(same.count { !$0 }) that do not",
      columns: columns,
      rows: [Table.Row("embeddings", try figures(scores, same, among: same.count, at: nil) { $0 })])
  }

  private static let columns = ["accuracy", "AUC", "AP", "EER", "TAR@FAR 0.1", "TAR@FAR 0.01"]

  /// The figures of pairs. For their intervals *items* are drawn again, and a pair counts as often as both of its items
  /// together: pairs that share an item are not independent, and drawing pairs would give intervals that are too narrow.
  /// The threshold stays.
  static func figures(
    of pairs: LabelledPairs, _ scores: [Double], among count: Int, at threshold: Double?, resamples: Int = 1000
  ) throws -> [MeasuredFigure?] {
    try figures(scores, pairs.same, among: count, at: threshold, resamples: resamples) { times in
      pairs.first.indices.map { times[pairs.first[$0]] * times[pairs.second[$0]] }
    }
  }

  /// - Parameters:
  ///   - count: How many things are drawn again.
  ///   - threshold: Where scores are cut; nil to choose it on the other pairs in turn, which has no interval.
  ///   - weights: How often every pair counts, of how often each was drawn.
  private static func figures(
    _ scores: [Double], _ same: [Bool], among count: Int, at threshold: Double?, resamples: Int = 1000,
    _ weights: ([Int]) -> [Int]
  ) throws -> [MeasuredFigure?] {
    func figures(_ found: Verification) -> [Double] {
      [
        threshold.map(found.accuracy) ?? 0, found.areaUnderCurve, found.averagePrecision, found.equalErrorRate,
        found.trueAcceptRate(atFalseAcceptRate: 0.1), found.trueAcceptRate(atFalseAcceptRate: 0.01),
      ]
    }
    // Sorted once: every draw sorts again what then is in order.
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    let (sorted, sortedSame) = (order.map { scores[$0] }, order.map { same[$0] })
    let measured = MeasuredFigure.jointly(
      figures(try Verification(scores: scores, same: same)), of: count, within: 0...1, resamples: resamples
    ) { drawn in
      var times = [Int](repeating: 0, count: count)
      for item in drawn { times[item] += 1 }
      let weights = weights(times)
      // Without one kind of pairs there is nothing to tell apart.
      let found = try? Verification(scores: sorted, same: sortedSame, weights: order.map { weights[$0] })
      return found.map(figures)
    }
    guard threshold == nil else { return measured }
    let accuracy = try Verification.crossValidatedAccuracy(scores: scores, same: same)
    return [accuracy.map { MeasuredFigure($0) }] + Array(measured.dropFirst())
  }
}
