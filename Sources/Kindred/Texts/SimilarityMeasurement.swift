/// How well a model's similarities follow what people say of pairs of texts.
public struct SimilarityMeasurement {
  private let columns: (first: String, second: String, score: String)

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - first: The column with the first of each pair.
  ///   - second: That with the second.
  ///   - score: That with how alike they are.
  public init(first: String = "sentence1", second: String = "sentence2", score: String = "score") {
    columns = (first, second, score)
  }

  /// Measures a model on a table.
  ///
  /// - Throws: `InputError` when a column is missing, or a score is no number.
  public func measure(_ model: SentenceModel, on table: TextTable) throws -> Table {
    let first = try table.column(columns.first)
    let second = try table.column(columns.second)
    let score = try table.column(columns.score)
    let scores = try table.texts(0..<table.count, column: score).enumerated().map { row, text in
      guard let number = Double(text), number.isFinite else {
        throw InputError(in: table.place(of: row), "'\(text)' is no score", remedy: "name another column with --score")
      }
      return number
    }
    let prompt = try model.prompt()
    func embeddings(_ column: Int) -> Tensor {
      model.embeddings(of: table.texts(0..<table.count, column: column), prompt: prompt)
    }
    let found = try PairSimilarity(embeddings(first), embeddings(second), scores: scores)
    let rows = [("cosine", found.cosine), ("dot", found.dot), ("Euclidean", found.euclidean)].map { name, figures in
      Table.Row(name, [figures.spearman, figures.pearson])
    }
    return Table(
      "similarity on \(table.name): \(found.pairs) pairs", columns: ["Spearman", "Pearson"], rows: rows)
  }
}
