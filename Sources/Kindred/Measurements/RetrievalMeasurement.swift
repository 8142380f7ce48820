/// How well texts find their images and images their texts, among items that the model never saw.
///
/// A text is an item's name, or all its words (name and keywords); items that share a text share its images. Chance and
/// the untrained model stand beside the model.
public struct RetrievalMeasurement {
  /// Creates the measurement.
  public init() {}

  /// Measures a model on the test items of a source.
  public func measure(_ context: ImageContext) throws -> Table {
    let source = context.source
    let captioned = try MeasurementContext.testItems(of: source).filter { !source.captions(of: $0).isEmpty }
    guard !captioned.isEmpty else {
      throw InputError(
        in: source.name, "has no texts to search by", remedy: "measure with 'evaluate knn' or 'evaluate copies'")
    }
    var rows: [Table.Row] = []
    var chances: [Table.Row] = []
    let items = try context.embeddings(of: captioned, by: .model).items
    for encoder in [ImageContext.Encoder.model, .untrained] {
      let name = encoder.rawValue
      let images = try context.embeddings(of: items, by: encoder).vectors
      for queries in TextQueries.allCases {
        let pairing = TextPairing(items.map { queries.text(of: source.captions(of: $0)) })
        let texts = try context.embeddings(of: pairing.texts, by: encoder)
        let there = try Retrieval().evaluate(queries: texts, gallery: images, relevant: pairing.itemsOfText)
        let back = try Retrieval().evaluate(queries: images, gallery: texts, relevant: pairing.textsOfItem)
        rows.append(Self.row("\(name), \(queries.rawValue) → image", there))
        rows.append(Self.row("\(name), image → \(queries.rawValue)", back))
        if encoder == .model { chances.append(Self.chance("chance, \(queries.rawValue) → image", there)) }
      }
    }
    return Table(
      "retrieval on \(source.name): \(items.count) items kept for measuring",
      columns: ["recall@1", "recall@5", "recall@10", "median rank"], rows: rows + chances)
  }

  /// Measures how well rows of one array find their partners in the other, and these them: rows of one label belong to
  /// each other, or each to its partner alone where pairs have none.
  public func measure(_ pairs: EmbeddingPairs) throws -> Table {
    let count = pairs.first.shape[0]
    let classes = pairs.classes ?? Array(repeating: nil, count: count)
    let labels = classes.enumerated().map { row, number in number ?? count + row }
    let relevance = Relevance.labels(queries: labels, gallery: labels)
    let there = try Retrieval().evaluate(queries: pairs.first, gallery: pairs.second, relevance: relevance)
    let back = try Retrieval().evaluate(queries: pairs.second, gallery: pairs.first, relevance: relevance)
    return Table(
      "retrieval of \(pairs.name): \(count) pairs", columns: ["recall@1", "recall@5", "recall@10", "median rank"],
      rows: [
        Self.row("embeddings → partners", there), Self.row("partners → embeddings", back), Self.chance("chance", there),
      ])
  }

  private static func row(_ name: String, _ figures: RetrievalFigures) -> Table.Row {
    Table.Row(name, [1, 5, 10].map { figures.recall[$0] } + [figures.medianRank])
  }

  private static func chance(_ name: String, _ figures: RetrievalFigures) -> Table.Row {
    Table.Row(name, [1, 5, 10].map { figures.chance[$0] } + [nil])
  }
}
