/// How well texts find their images and images their texts, among items that the model never saw.
///
/// A text is an item's name, or all its words (name and keywords); items that share a text share its images. Chance and
/// the untrained model stand beside the model.
public struct RetrievalMeasurement {
  /// Creates the measurement.
  public init() {}

  /// Measures a model on the test items of a source.
  public func measure(_ context: ImageContext) throws -> Table { try findings(context).table }

  /// The same with the texts and images whose counterparts were found last, and what was found instead.
  public func findings(_ context: ImageContext) throws -> Findings {
    let source = context.source
    let captioned = try MeasurementContext.testItems(of: source).filter { !source.captions(of: $0).isEmpty }
    guard !captioned.isEmpty else {
      throw Self.noTexts(in: source)
    }
    var rows: [Table.Row] = []
    var chances: [Table.Row] = []
    var groups: [Findings.Group] = []
    let items = try context.embeddings(of: captioned, by: .model).items
    for encoder in [ImageContext.Encoder.model, .untrained] {
      let name = encoder.rawValue
      let images = try context.embeddings(of: items, by: encoder).vectors
      for queries in TextQueries.allCases {
        let pairing = TextPairing(items.map { queries.text(of: source.captions(of: $0)) })
        let texts = try context.embeddings(of: pairing.texts, by: encoder)
        let there = try Retrieval().rankings(
          queries: texts, gallery: images, relevance: .lists(pairing.itemsOfText))
        let back = try Retrieval().rankings(
          queries: images, gallery: texts, relevance: .lists(pairing.textsOfItem))
        rows.append(Table.Row("\(name), \(queries.rawValue) → image", recallOf: there.compactMap(\.self)))
        rows.append(Table.Row("\(name), image → \(queries.rawValue)", recallOf: back.compactMap(\.self)))
        if encoder == .model {
          chances.append(
            Table.Row("chance, \(queries.rawValue) → image", chanceOf: there.compactMap(\.self), among: items.count))
          groups += Self.worst(queries.rawValue, pairing, items, texts: texts, images: images, there, back)
        }
      }
    }
    let table = Table(
      "retrieval on \(source.name): \(items.count) items kept for measuring", columns: Table.recallColumns,
      rows: rows + chances)
    return Findings(table, groups: groups)
  }

  private static func worst(
    _ name: String, _ pairing: TextPairing, _ items: [Int], texts: Tensor, images: Tensor, _ there: [QueryRanking?],
    _ back: [QueryRanking?]
  ) -> [Findings.Group] {
    let text: (Int) -> Findings.Subject = { .text(pairing.texts[$0]) }
    let item: (Int) -> Findings.Subject = { .item(items[$0]) }
    let searches = WorstQueries(
      queries: texts, gallery: images, query: text, found: item, relevant: { pairing.itemsOfText[$0] })
    let namings = WorstQueries(
      queries: images, gallery: texts, query: item, found: text, relevant: { pairing.textsOfItem[$0] })
    func rank(_ ranking: QueryRanking) -> Double { 1 / Double(ranking.firstRank) }
    return [
      Findings.Group(
        title: "Worst: \(name) → image",
        note:
          "Texts whose first image was found last, and the images nearest to them. ✓ marks what belongs to the text; "
          + "where it is not among the first, it stands at the end.",
        rows: searches.rows(there, by: rank) { "first of \($0.relevant) at rank \($0.firstRank)" }),
      Findings.Group(
        title: "Worst: image → \(name)",
        note: "Images whose text was found last, and the texts nearest to them.",
        rows: namings.rows(back, by: rank) { "its text at rank \($0.firstRank)" }),
    ]
  }

  /// Measures how well rows of one array find their partners in the other, and these them: rows of one label belong to
  /// each other, or each to its partner alone where pairs have none.
  public func measure(_ pairs: EmbeddingPairs) throws -> Table {
    let count = pairs.first.shape[0]
    let classes = pairs.classes ?? Array(repeating: nil, count: count)
    let labels = classes.enumerated().map { row, number in number ?? count + row }
    let relevance = Relevance.labels(queries: labels, gallery: labels)
    let there = try Retrieval().rankings(queries: pairs.first, gallery: pairs.second, relevance: relevance)
      .compactMap(\.self)
    let back = try Retrieval().rankings(queries: pairs.second, gallery: pairs.first, relevance: relevance)
      .compactMap(\.self)
    return Table(
      "retrieval of \(pairs.name): \(count) pairs", columns: Table.recallColumns,
      rows: [
        Table.Row("embeddings → partners", recallOf: there), Table.Row("partners → embeddings", recallOf: back),
        Table.Row("chance", chanceOf: there, among: count),
      ])
  }

  static func noTexts(in source: any ImageSource) -> InputError {
    InputError(in: source.name, "has no texts to search by", remedy: "measure with 'evaluate knn' or 'evaluate copies'")
  }
}
