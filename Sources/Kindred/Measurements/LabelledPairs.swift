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
