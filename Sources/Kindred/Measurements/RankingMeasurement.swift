/// How well an item finds the others of its class among all that are kept for measuring.
public struct RankingMeasurement {
  private let label: String?

  /// Creates the measurement for some labels; the source's main ones unless told.
  public init(label: String?) {
    self.label = label
  }

  /// Measures a model on the test items of a source: each searches among all others.
  public func measure(_ context: MeasurementContext) throws -> Table {
    let (test, labels, labeling) = try context.labelledTest(label)
    guard Set(labels).count < labels.count else {
      throw InputError(
        in: context.source.name, "no class has two items kept for measuring, one to find the other by",
        remedy: "keep more of them in a folder called test")
    }
    var chance = 0.0
    var rows = try test.vectors.map { name, vectors -> Table.Row in
      let retrieval = Retrieval(cutoffs: [1, 10])
      let relevance = Relevance.labelsLeavingOneOut(labels)
      let rankings = try retrieval.rankings(queries: vectors, gallery: vectors, relevance: relevance)
        .compactMap(\.self)
      chance = rankings.reduce(0) { $0 + Double($1.relevant) / Double(labels.count - 1) } / Double(rankings.count)
      let figures: [(QueryRanking) -> Double] = [
        { Double($0.found[0]) }, { Double($0.found[1]) / 10 }, \.rPrecision, \.averagePrecisionAtR, \.averagePrecision,
        { 1 / Double($0.firstRank) }, { $0.gain[1] },
      ]
      return Table.Row(name, of: figures.map { rankings.map($0) })
    }
    rows.append(Table.Row("chance", [chance, chance, chance, nil, nil, nil, nil]))
    return Table(
      "items of the same class on \(context.source.name), \(labeling): \(labels.count) items kept for measuring",
      columns: ["P@1", "P@10", "R-precision", "MAP@R", "MAP", "MRR", "nDCG@10"], rows: rows)
  }
}
