/// How well an item finds those of its class among many.
public struct RankingMeasurement {
  /// What is searched in.
  public enum Gallery: String, CaseIterable, Sendable {
    /// All other items kept for measuring.
    case others
    /// The items to learn from.
    case train
  }

  private let label: String?
  private let gallery: Gallery

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - label: Which labels; the source's main ones unless told.
  ///   - gallery: What is searched in.
  public init(label: String?, in gallery: Gallery = .others) {
    (self.label, self.gallery) = (label, gallery)
  }

  /// Measures on the test items: each searches for those of its class.
  public func measure(_ context: MeasurementContext) throws -> Table { try findings(context).table }

  /// The same with the items that found their class worst, and what they found.
  public func findings(_ context: MeasurementContext) throws -> Findings {
    let (test, labels, labeling) = try context.labelledTest(label)
    let train = gallery == .train ? try context.labelledTrain(label) : nil
    guard !Set(labels).isDisjoint(with: train?.labels ?? Self.repeated(labels)) else {
      if train == nil { throw Self.nothingToFind(in: context.source) }
      throw InputError(
        in: context.source.name, "no class has items both kept for measuring and to learn from",
        remedy: "search among others with --in others")
    }
    let relevance = train.map { Relevance.labels(queries: labels, gallery: $0.labels) } ?? .labelsLeavingOneOut(labels)
    let searched = train?.labels.count ?? labels.count - 1
    var chance = 0.0
    var own: [QueryRanking?] = []
    var rows = try test.vectors.indices.map { place -> Table.Row in
      let (name, queries) = test.vectors[place]
      let retrieval = Retrieval(cutoffs: [1, 10])
      let all = try retrieval.rankings(
        queries: queries, gallery: train?.items.vectors[place].vectors ?? queries, relevance: relevance)
      if place == 0 { own = all }
      let rankings = all.compactMap(\.self)
      chance = rankings.reduce(0) { $0 + Double($1.relevant) / Double(searched) } / Double(rankings.count)
      let figures: [(QueryRanking) -> Double] = [
        { Double($0.found[0]) }, { Double($0.found[1]) / 10 }, \.rPrecision, \.averagePrecisionAtR, \.averagePrecision,
        { 1 / Double($0.firstRank) }, { $0.gain[1] },
      ]
      return Table.Row(name, of: figures.map { rankings.map($0) })
    }
    rows.append(Table.Row("chance", [chance, chance, chance, nil, nil, nil, nil]))
    let table = Table(
      "items of the same class on \(context.source.name), \(labeling): \(labels.count) items kept for measuring"
        + (train == nil ? "" : ", searched for among \(searched) to learn from"),
      columns: ["P@1", "P@10", "R-precision", "MAP@R", "MAP", "MRR", "nDCG@10"], rows: rows)
    let found = train?.items.items ?? test.items, foundLabels = train?.labels ?? labels
    let search = WorstQueries(
      queries: test.vectors[0].vectors, gallery: (train?.items ?? test).vectors[0].vectors,
      query: { .item(test.items[$0]) }, found: { .item(found[$0]) },
      relevant: { query in foundLabels.indices.filter { foundLabels[$0] == labels[query] } }, leavesOneOut: train == nil
    )
    let worst = search.rows(own, by: \.averagePrecision) {
      "average precision \(Figures.fixed($0.averagePrecision, digits: 3)); \($0.relevant) of its class"
    }
    return Findings(
      table,
      groups: [
        Findings.Group(
          title: "Worst queries",
          note:
            "The items with the lowest average precision, and what is nearest to them. ✓ marks the same class; where "
            + "the first of it is not shown, it stands at the end.", rows: worst)
      ])
  }

  static func nothingToFind(in source: any ItemSource) -> InputError {
    InputError(
      in: source.name, "no class has two items kept for measuring, one to find the other by",
      remedy: "keep more of them for measuring")
  }

  /// The classes of which there are two items or more.
  private static func repeated(_ labels: [Int]) -> [Int] {
    var seen: Set<Int> = []
    return labels.filter { !seen.insert($0).inserted }
  }
}
