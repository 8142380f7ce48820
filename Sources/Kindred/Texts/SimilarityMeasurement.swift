/// How well similarities follow what people say of pairs: semantic textual similarity.
public struct SimilarityMeasurement {
  /// Creates the measurement.
  public init() {}

  /// Measures pairs.
  ///
  /// - Parameter scores: How alike each pair is, the higher the more.
  /// - Throws: `InputError` when there are fewer than two different scores.
  public func measure(_ pairs: PairContext, scores: [Double]) throws -> Table {
    precondition(scores.count == pairs.count, "\(pairs.count) pairs take a score each, got \(scores.count)")
    try PairSimilarity.require(scores)
    let rows = pairs.rows { name, similarity, values in
      let drawn = DrawnSimilarity(values, scores)
      let whole = PairSimilarity.Figures(values, scores)
      // Similarities that are all the same follow nothing.
      guard whole.pearson.isFinite, whole.spearman.isFinite else { return [nil, nil] }
      return MeasuredFigure.jointly(
        [whole.spearman, whole.pearson], of: scores.count, within: -1...1, resamples: 1000
      ) { items in
        var times = [Int](repeating: 0, count: scores.count)
        for item in items { times[item] += 1 }
        let figures = drawn.figures(times: times)
        return figures.spearman.isNaN || figures.pearson.isNaN ? nil : [figures.spearman, figures.pearson]
      }
    }
    return Table(
      "similarity on \(pairs.name): \(pairs.count) pairs", columns: ["Spearman", "Pearson"], rows: rows)
  }
}

extension PairContext {
  /// A row of a table for every similarity of what is measured, and one by the cosine for each baseline.
  func rows(_ figures: (String, PairScores, [Double]) throws -> [MeasuredFigure?]) rethrows -> [Table.Row] {
    try embedded.enumerated().flatMap { place, each in
      try PairScores.allCases.filter { place == 0 || $0 == .cosine }.map { similarity in
        Table.Row(
          "\(each.name), \(similarity.title)",
          try figures(each.name, similarity, similarity(each.first, each.second)))
      }
    }
  }
}

extension PairScores {
  /// What a person calls it.
  var title: String {
    switch self {
    case .cosine, .dot: rawValue
    case .euclidean: "Euclidean"
    case .manhattan: "Manhattan"
    }
  }
}
