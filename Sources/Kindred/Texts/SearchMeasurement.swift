/// How well queries find the documents that are relevant to them: information retrieval.
///
/// Documents are embedded and searched a part at a time, by the model and its baselines in turn, and forgotten; those that
/// are relevant to a query are embedded twice.
public struct SearchMeasurement {
  /// Among how many documents is counted: accuracy, precision and recall; MRR and nDCG; MAP.
  private static let (counted, ranked, averaged) = ([1, 3, 5, 10], 10, 100)

  /// How many documents are held at once.
  private static let part = 4096

  private let queryPrompt: String?
  private let documentPrompt: String?

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - queryPrompt: The name of the prompt before queries: unless told the model's `query`, else its default.
  ///   - documentPrompt: That before documents: unless told the model's `document`, `passage` or `corpus`, else its default.
  public init(queryPrompt: String? = nil, documentPrompt: String? = nil) {
    (self.queryPrompt, self.documentPrompt) = (queryPrompt, documentPrompt)
  }

  /// Measures a model on a set.
  ///
  /// - Parameter progress: Called with the number of documents searched so far.
  /// - Throws: `InputError` when the model has no prompt of a name.
  public func measure(_ model: SentenceModel, on set: SearchSet, progress: (Int) -> Void = { _ in }) throws -> Table {
    func prompt(_ name: String?, _ usual: [String]) throws -> String {
      try model.prompt(name ?? usual.first { model.prompts[$0] != nil })
    }
    let asking = TextContext.encoders(of: model, prompt: try prompt(queryPrompt, ["query"]))
    let answering = TextContext.encoders(
      of: model, prompt: try prompt(documentPrompt, ["document", "passage", "corpus"]))
    let items = Set(set.relevant.joined()).sorted()
    let texts = items.map { set.documents($0..<$0 + 1)[0] }
    var searches = try zip(asking, answering).map { query, document in
      try StreamedRetrieval(
        queries: query.embed(set.queries), relevant: set.relevant, items: items, rows: document.embed(texts),
        cutoffs: Self.counted + [Self.averaged])
    }
    for start in stride(from: 0, to: set.documentCount, by: Self.part) {
      let end = min(start + Self.part, set.documentCount)
      let documents = set.documents(start..<end)
      for (place, encoder) in answering.enumerated() { try searches[place].search(encoder.embed(documents)) }
      progress(end)
    }
    return table(searches.map { $0.rankings().compactMap(\.self) }, asking.map(\.name), set)
  }

  private func table(_ rankings: [[QueryRanking]], _ names: [String], _ set: SearchSet) -> Table {
    let (count, queries) = (set.documentCount, Double(set.queries.count))
    func chance(_ figure: (QueryRanking) -> Double) -> MeasuredFigure {
      MeasuredFigure(rankings[0].reduce(0) { $0 + figure($1) } / queries)
    }
    func row(_ name: String, chance: MeasuredFigure? = nil, _ figure: (QueryRanking) -> Double) -> Table.Row {
      Table.Row(name, rankings.map { .mean(of: $0.map(figure)) } + [chance])
    }
    let places = Self.counted.enumerated()
    let rows =
      Self.counted.map { k in
        row(
          "accuracy@\(k)", chance: chance { RetrievalFigures.chance(of: $0.relevant, among: count, within: k) }
        ) { $0.firstRank <= k ? 1 : 0 }
      }
      + places.map { place, k in
        row("precision@\(k)", chance: chance { Double($0.relevant * min(k, count)) / Double(count * k) }) {
          Double($0.found[place]) / Double(k)
        }
      }
      + places.map { place, k in
        row("recall@\(k)", chance: MeasuredFigure(Double(min(k, count)) / Double(count))) {
          Double($0.found[place]) / Double($0.relevant)
        }
      }
    let ten = Self.counted.firstIndex(of: Self.ranked)!
    return Table(
      "search on \(set.name): \(set.queries.count) queries, \(count) documents", columns: names + ["chance"],
      rows: rows + [
        row("MRR@\(Self.ranked)") { $0.firstRank <= Self.ranked ? 1 / Double($0.firstRank) : 0 },
        row("nDCG@\(Self.ranked)") { $0.gain[ten] }, row("MAP@\(Self.averaged)") { $0.averagePrecisionWithin.last! },
      ])
  }
}
