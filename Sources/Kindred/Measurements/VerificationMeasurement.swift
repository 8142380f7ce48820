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
  public func measure(_ context: MeasurementContext) throws -> Table {
    let (test, labels, labeling) = try context.labelledTest(label)
    let drawn = try LabelledPairs(labels, each: pairs, seed: seed)
    let train = context.source.split.train.isEmpty ? nil : try context.labelledTrain(label)
    let learned = try train.map { ($0.items, try LabelledPairs($0.labels, each: pairs, seed: seed)) }
    let rows = try test.vectors.indices.map { place in
      let threshold = try learned.map { items, pairs in
        try Verification(scores: pairs.similarities(items.vectors[place].vectors), same: pairs.same).bestThreshold
      }
      return try Self.row(
        test.vectors[place].name, scores: drawn.similarities(test.vectors[place].vectors), same: drawn.same,
        threshold: threshold)
    }
    return Table(
      "pairs of one class or two on \(context.source.name), \(labeling): \(drawn.same.count) pairs of "
        + "\(labels.count) items kept for measuring",
      columns: Self.columns, rows: rows)
  }

  /// Measures on pairs that are given; the threshold of the accuracy is chosen on the other pairs in turn.
  ///
  /// - Throws: `InputError` when the pairs' labels do not say which belong together, or they are all of one kind.
  public static func measure(_ pairs: EmbeddingPairs) throws -> Table {
    let same = try pairs.areSame()
    let scores = LabelledPairs.similarities(pairs.first, pairs.second)
    return Table(
      "pairs of \(pairs.name): \(same.count { $0 }) that belong together, \(same.count { !$0 }) that do not",
      columns: columns, rows: [try row("embeddings", scores: scores, same: same, threshold: nil)])
  }

  private static let columns = ["accuracy", "AUC", "AP", "EER", "TAR@FAR 0.1", "TAR@FAR 0.01"]

  private static func row(
    _ name: String, scores: [Double], same: [Bool], threshold: Double?
  ) throws -> Table.Row {
    let found = try Verification(scores: scores, same: same)
    return Table.Row(
      name,
      [
        try threshold.map(found.accuracy) ?? Verification.crossValidatedAccuracy(scores: scores, same: same),
        found.areaUnderCurve, found.averagePrecision, found.equalErrorRate,
        found.trueAcceptRate(atFalseAcceptRate: 0.1), found.trueAcceptRate(atFalseAcceptRate: 0.01),
      ])
  }
}

/// Pairs of labelled items, as many of one class as of two, drawn from a seed.
struct LabelledPairs {
  private(set) var first: [Int] = []
  private(set) var second: [Int] = []
  private(set) var same: [Bool] = []

  /// Draws pairs of different items, each kind with the same chance for each of its pairs; a pair may come again.
  ///
  /// - Throws: `InputError` when there is no pair of one class, or none of two.
  init(_ labels: [Int], each count: Int, seed: UInt64) throws {
    let members = Dictionary(grouping: labels.indices, by: { labels[$0] })
    let paired = labels.indices.filter { members[labels[$0]]!.count > 1 }
    guard !paired.isEmpty, members.count > 1 else {
      throw InputError(
        "verification takes two classes, and two items in one of them; \(labels.count) items have \(members.count)",
        remedy: "choose other labels with --label")
    }
    var stream = RandomStream(seed: seed)
    // A class with n items has n·(n − 1) pairs: the first item is kept with a chance in proportion to n − 1.
    let most = Double(members.values.map(\.count).max()! - 1)
    while first.count < count {
      let item = paired[stream.integer(below: paired.count)]
      let others = members[labels[item]]!
      guard stream.uniform() < Double(others.count - 1) / most else { continue }
      let place = stream.integer(below: others.count - 1)
      append(item, others[place] == item ? others[others.count - 1] : others[place], true)
    }
    while first.count < 2 * count {
      let (item, other) = (stream.integer(below: labels.count), stream.integer(below: labels.count))
      if labels[item] != labels[other] { append(item, other, false) }
    }
  }

  private mutating func append(_ item: Int, _ other: Int, _ isSame: Bool) {
    first.append(item)
    second.append(other)
    same.append(isSame)
  }

  /// The cosine similarity of every pair of rows `[N, D]`.
  func similarities(_ rows: Tensor) -> [Double] {
    let rows = rows.to(.float64)
    return Self.similarities(rows.items(at: first), rows.items(at: second))
  }

  /// The cosine similarity of every row of one matrix `[N, D]` and the same row of another.
  static func similarities(_ first: Tensor, _ second: Tensor) -> [Double] {
    (first.to(.float64).normalized() * second.to(.float64).normalized()).sum(1).values(as: Double.self)
  }
}
