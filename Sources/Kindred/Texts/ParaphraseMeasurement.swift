/// How well the most similar pairs among all texts of a table of pairs are those that are said to belong together.
public struct ParaphraseMeasurement {
  private let most: Int
  private let isTransitive: Bool

  /// How often texts are drawn for the intervals: each draw goes through all pairs that were found.
  private static let resamples = 200

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - most: How many pairs are looked at: 500,000 as in sentence-transformers.
  ///   - transitive: Whether what belongs together with the same text belongs together.
  public init(most: Int = 500_000, transitive: Bool = false) {
    (self.most, isTransitive) = (most, transitive)
  }

  /// Measures a model on the texts of pairs, each once.
  ///
  /// - Parameter same: Whether each pair belongs together.
  /// - Throws: `InputError` when no pair of two different texts does, or the model has no such prompt.
  public func measure(
    _ model: SentenceModel, on pairs: TextPairs, same: [Bool], prompt: String? = nil
  ) throws -> Table {
    let prompt = try model.prompt(prompt)
    let texts = pairs.texts(0..<pairs.count)
    let distinct = DistinctTexts(texts.first + texts.second)
    let named = (0..<pairs.count).filter { same[$0] }.map { (distinct.places[$0], distinct.places[pairs.count + $0]) }
    let wanted = together(named)
    guard !wanted.isEmpty else {
      throw InputError(
        in: pairs.table.name, "says of no two different texts that they belong together",
        remedy: "name a column of 1 and 0 with --same")
    }
    let rows = try TextContext.encoders(of: model, prompt: prompt).map { encoder in
      Table.Row(encoder.name, try Self.figures(of: encoder.embed(distinct.texts), wanted, most: most))
    }
    return Table(
      "paraphrases of \(pairs.table.name): \(distinct.texts.count) texts, \(wanted.count) pairs that belong together",
      columns: ["AP", "F1", "at", "precision", "recall"], rows: rows)
  }

  /// The figures of embeddings `[N, D]`. For their intervals texts are drawn again, and a pair counts as often as both of
  /// its texts together: pairs that share a text are not independent. Nothing is searched again.
  static func figures(
    of rows: Tensor, _ wanted: Set<TextPair>, most: Int, resamples: Int = resamples
  ) throws -> [MeasuredFigure?] {
    let found = try ParaphraseMining.pairs(among: rows, count: most)
    let scores = found.map { Double($0.score) }
    let right = found.map { wanted.contains(TextPair($0.first, $0.second)) }
    func figures(_ weights: [Int]?, total: Int) -> MinedPairs {
      MinedPairs(scores: scores, right: right, weights: weights, total: total)
    }
    let whole = figures(nil, total: wanted.count)
    let listed = wanted.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    let measured = MeasuredFigure.jointly(
      [whole.averagePrecision, whole.f1, whole.precision, whole.recall], of: rows.shape[0], within: 0...1,
      resamples: resamples
    ) { items in
      var times = [Int](repeating: 0, count: rows.shape[0])
      for item in items { times[item] += 1 }
      let total = listed.reduce(0) { $0 + times[$1.first] * times[$1.second] }
      guard total > 0 else { return nil }
      let drawn = figures(found.map { times[$0.first] * times[$0.second] }, total: total)
      return [drawn.averagePrecision, drawn.f1, drawn.precision, drawn.recall]
    }
    return [measured[0], measured[1], MeasuredFigure(whole.threshold), measured[2], measured[3]]
  }

  /// Two texts by their numbers, the lower first.
  struct TextPair: Hashable {
    let first, second: Int
    init(_ a: Int, _ b: Int) { (first, second) = (min(a, b), max(a, b)) }
  }

  /// The pairs of different texts that belong together.
  func together(_ named: [(Int, Int)]) -> Set<TextPair> {
    let pairs = Set(named.filter { $0.0 != $0.1 }.map { TextPair($0.0, $0.1) })
    guard isTransitive else { return pairs }
    // Every text points to another of its group, up to one that points to itself.
    var parents: [Int: Int] = [:]
    func root(_ text: Int) -> Int {
      var text = text
      while let next = parents[text], next != text { text = next }
      return text
    }
    for pair in pairs.sorted(by: { ($0.first, $0.second) < ($1.first, $1.second) }) {
      let roots = (root(pair.first), root(pair.second))
      parents[max(roots.0, roots.1)] = min(roots.0, roots.1)
    }
    let groups = Dictionary(grouping: Set(pairs.flatMap { [$0.first, $0.second] }), by: root).values
    return Set(
      groups.flatMap { group in
        group.indices.flatMap { i in group[(i + 1)...].map { TextPair(group[i], $0) } }
      })
  }
}
