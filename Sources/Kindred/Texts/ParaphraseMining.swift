/// The most similar pairs among texts, exactly: duplicates, paraphrases, texts that a label or a split should not divide.
///
/// Every text is compared with every other. Memory is that of the embeddings and of the pairs that are asked for.
public struct ParaphraseMining {
  /// Two texts of a table.
  public struct Pair: Hashable, Sendable, Encodable {
    /// The cosine similarity of their embeddings.
    public let similarity: Double
    /// Their rows, from 0, the lower first.
    public let firstRow, secondRow: Int
    /// The texts.
    public let first, second: String

    enum CodingKeys: String, CodingKey {
      case similarity, first, second
      case firstRow = "first_row"
      case secondRow = "second_row"
    }
  }

  private let count: Int
  private let floor: Double?
  private let takesEqual: Bool

  /// Creates a search.
  ///
  /// - Parameters:
  ///   - count: How many pairs at most.
  ///   - floor: The lowest similarity that is of interest; any unless told.
  ///   - equal: Whether two rows of the same text are a pair.
  public init(count: Int, above floor: Double? = nil, equal: Bool = true) {
    (self.count, self.floor, takesEqual) = (count, floor, equal)
  }

  /// Finds pairs among the texts of a table, the most similar first.
  ///
  /// - Parameter progress: Called with the number of texts embedded, then with that of those compared with all others.
  /// - Throws: `InputError` when there are fewer than two texts, or an embedding is not finite.
  public func pairs(
    of embedding: TextEmbedding, progress: (_ done: Int, _ isCompared: Bool) -> Void = { _, _ in }
  ) throws -> [Pair] {
    guard embedding.count > 1 else {
      throw InputError(in: embedding.name, "holds \(embedding.count) texts, and a pair takes two")
    }
    let rows = embedding.vectors { progress($0, false) }
    let texts = takesEqual ? nil : DistinctTexts(embedding.texts(0..<embedding.count)).places
    let found = try Self.pairs(among: rows, count: count, above: floor, distinct: texts) { progress($0, true) }
    return found.map { pair in
      let texts = [pair.first, pair.second].map { embedding.texts($0..<$0 + 1)[0] }
      return Pair(
        similarity: Double(pair.score), firstRow: pair.first, secondRow: pair.second, first: texts[0], second: texts[1])
    }
  }

  /// Finds pairs of rows.
  ///
  /// - Parameter distinct: For every row a number that rows of the same text share, which are no pair; nil where all are.
  static func pairs(
    among rows: Tensor, count: Int, above floor: Double? = nil, distinct: [Int]? = nil,
    progress: (Int) -> Void = { _ in }
  ) throws -> [NearestPairs.Pair] {
    try rows.requireFiniteRows("text")
    return NearestPairs()(
      among: rows, count: count, above: floor.map { Float($0) } ?? -.infinity,
      where: { first, second in distinct.map { $0[first] != $0[second] } ?? true }, progress: progress)
  }
}

extension ParaphraseMining {
  /// Pairs as a person reads them.
  public static func text(of pairs: [Pair]) -> String {
    pairs.map { pair in
      "\(Figures.fixed(pair.similarity, digits: 3))  \(pair.first)\n"
        + "       \(pair.second)   (rows \(pair.firstRow) and \(pair.secondRow))"
    }.joined(separator: "\n")
  }

  /// Writes pairs, a pair a row; rows are counted from 0.
  public static func write(_ pairs: [Pair], to file: TableExport) throws {
    try file.write(
      columns: ["similarity", "first_row", "second_row", "first", "second"],
      rows: pairs.lazy.map {
        [
          .number($0.similarity), .number(Double($0.firstRow)), .number(Double($0.secondRow)), .text($0.first),
          .text($0.second),
        ]
      })
  }
}
