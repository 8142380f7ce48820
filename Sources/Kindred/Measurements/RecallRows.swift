extension Table {
  /// The columns of rows that are made of recall.
  static let recallColumns = Table.Row.recallCutoffs.map { "recall@\($0)" } + ["median rank"]
}

extension Table.Row {
  /// Among how many nearest items recall is counted.
  static let recallCutoffs = [1, 5, 10]

  /// How often something that belongs to a query is among the nearest, and the median of its rank.
  init(_ name: String, recallOf rankings: [QueryRanking]) {
    let recall = Self.recallCutoffs.map { k in MeasuredFigure.share(of: rankings) { $0.firstRank <= k } }
    self.init(name, recall + [.median(of: rankings.map { Double($0.firstRank) })])
  }

  /// The same as it can be expected of an order at random.
  ///
  /// - Parameters:
  ///   - rankings: Queries, which say how many items belong to each.
  ///   - count: Among how many items each searches.
  init(_ name: String, chanceOf rankings: [QueryRanking], among count: Int) {
    let recall = Self.recallCutoffs.map { k in
      rankings.reduce(0) { $0 + RetrievalFigures.chance(of: $1.relevant, among: count, within: k) }
        / Double(rankings.count)
    }
    self.init(name, recall + [nil])
  }
}
