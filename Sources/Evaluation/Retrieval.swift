import Basics
import Search
public import Tensors

/// Search by embeddings: how often what belongs to a query is among the items nearest to it.
///
/// Any number of items may be relevant to a query, and an item to any number of queries: captions of an image, images
/// with one caption, copies of an original. Recall@*k* is the share of queries with at least one relevant item among the
/// *k* of the highest cosine similarity (success@*k*).
///
/// Ties never help: an item that is relevant ranks behind every irrelevant one that is equally similar,
///
///     rank = 1 + |{ irrelevant j : sⱼ ≥ s⁺ − 10⁻¹² }|    with s⁺ the similarity of the nearest relevant item
///
/// so that an encoder that has collapsed to one point scores nothing instead of everything. Similarities are computed
/// in `float64`, where rounding stays near 10⁻¹⁵: in `float32` the products of equal rows come out up to 10⁻⁷ apart,
/// depending on their place in the matrix, and a tolerance above that would tie rows that truly differ.
///
/// Time O(queries·gallery·D), memory O(gallery·D) and the similarities of a block of queries, 2²² at most unless those
/// of one query are more.
public struct Retrieval: Hashable, Sendable, Codable {
  /// The values of *k* to report recall at.
  public let cutoffs: [Int]

  private static let tolerance = 1e-12

  /// Creates a measurement at the given values of *k*.
  public init(cutoffs: [Int] = [1, 5, 10]) {
    precondition(!cutoffs.isEmpty && cutoffs.allSatisfy { $0 > 0 }, "recall is counted among 1 or more, not \(cutoffs)")
    self.cutoffs = cutoffs
  }

  /// Measures how well queries find what is relevant to them.
  ///
  /// - Parameters:
  ///   - queries: Embeddings `[N, D]`, of any norm.
  ///   - gallery: Embeddings `[M, D]`, of any norm.
  ///   - relevant: For every query, the indices of the gallery's items that belong to it, in any order. Queries without
  ///     any are left out and counted.
  /// - Throws: `InputError` when an embedding is not finite, or no query has a relevant item.
  public func evaluate(queries: Tensor, gallery: Tensor, relevant: [[Int]]) throws -> RetrievalFigures {
    try queries.requireFiniteRows("query")
    try gallery.requireFiniteRows("gallery item")
    let (n, m) = (queries.shape[0], gallery.shape[0])
    precondition(
      queries.shape[1] == gallery.shape[1], "queries \(queries.shape) and gallery \(gallery.shape) differ in length")
    precondition(relevant.count == n, "\(n) queries need a list of relevant items each, got \(relevant.count)")
    for (query, items) in relevant.enumerated() {
      precondition(
        items.allSatisfy { 0 <= $0 && $0 < m }, "relevant items of query \(query) are \(items), of a gallery of \(m)")
    }
    let asked = relevant.indices.filter { !relevant[$0].isEmpty }
    guard !asked.isEmpty else {
      throw InputError(
        n == 0 ? "there is no query to search with" : "nothing in the gallery is relevant to any of \(n) queries",
        remedy: "take queries and a gallery from one source")
    }
    let ranks = withoutGradient {
      let items = gallery.to(.float64).normalized().transposed()  // [D, M]
      let block = min(256, max(1, (1 << 22) / m))
      return stride(from: 0, to: asked.count, by: block).flatMap { start in
        let places = Array(asked[start..<min(start + block, asked.count)])
        let block = queries.items(at: places).to(.float64).normalized()
        return firstRanks(similarities: block.matrixProduct(items), relevant: places.map { relevant[$0] })
      }
    }
    return RetrievalFigures(
      ranks: ranks, relevantCounts: asked.map { Set(relevant[$0]).count }, cutoffs: cutoffs, gallery: m,
      withoutRelevant: n - asked.count)
  }

  /// The rank of the nearest relevant item in every row of similarities `[N, M]`.
  private func firstRanks(similarities: Tensor, relevant: [[Int]]) -> [Int] {
    let m = similarities.shape[1]
    var truth = [Bool](repeating: false, count: similarities.count)
    for (row, items) in relevant.enumerated() {
      for item in items { truth[row * m + item] = true }
    }
    let isRelevant = Tensor(truth, shape: similarities.shape)
    let nearest = similarities.filled(where: !isRelevant, with: -.infinity).max(1, keeping: true)
    let irrelevant = similarities.filled(where: isRelevant, with: -.infinity)
    return ((nearest - Self.tolerance) .<= irrelevant).sum(1).values(as: Int.self).map { $0 + 1 }
  }
}
