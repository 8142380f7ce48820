import Basics
public import Tensors

/// Vectors with titles, searched exactly: every query is compared with every vector.
///
/// A search takes O(queries·N·D) time and a tile of similarities in memory; for a million vectors of 512 numbers that is
/// a scan of 2 GB. Nothing is approximated, and of equally similar items the lower index comes first.
public struct ExactIndex {
  /// The vectors at unit length, `[N, D]`, `float32`; a zero vector stays zero and is similar to nothing.
  public let vectors: Tensor

  /// What every item is called.
  public let titles: [String]

  /// The number of items.
  public var count: Int { titles.count }

  /// The length of a vector.
  public var dimension: Int { vectors.shape[1] }

  /// Creates an index.
  ///
  /// - Parameters:
  ///   - vectors: `[N, D]`, of any norm.
  ///   - titles: One for every vector; they may repeat.
  /// - Throws: `InputError` when a vector is not finite.
  public init(vectors: Tensor, titles: [String]) throws {
    try vectors.requireFiniteRows("vector")
    precondition(vectors.shape[0] == titles.count, "\(vectors.shape[0]) vectors need a title each, got \(titles.count)")
    let rows = withoutGradient { vectors.detached().to(.cpu).normalized().to(.float32) }
    self.init(normalized: rows, titles: titles)
  }

  init(normalized vectors: Tensor, titles: [String]) {
    self.vectors = vectors
    self.titles = titles
  }

  /// Finds the items most similar to each query.
  ///
  /// - Parameters:
  ///   - queries: `[Q, D]`, of any norm.
  ///   - count: How many items to find for each; all when the index has fewer.
  /// - Returns: The matches of every query, most similar first.
  /// - Throws: `InputError` when a query is not finite, or its length is not that of the vectors: another model made it.
  public func nearest(to queries: Tensor, count: Int) throws -> [[Match]] {
    precondition(count >= 0, "a search finds 0 or more items, not \(count)")
    try queries.requireFiniteRows("query")
    guard queries.shape[1] == dimension else {
      throw InputError(
        "queries have \(queries.shape[1]) numbers and the vectors of the index \(dimension)",
        remedy: "embed both with the same model")
    }
    let rows = queries.detached().to(.cpu).to(.float32)
    let found = NearestRows(amongNormalized: vectors)(to: rows, count: count)
    let width = found.indices.shape[1]
    let scores = found.scores.values(as: Double.self)
    let indices = found.indices.values(as: Int.self)
    return (0..<queries.shape[0]).map { query in
      (query * width..<(query + 1) * width).map {
        Match(index: indices[$0], similarity: scores[$0], title: titles[indices[$0]])
      }
    }
  }
}
