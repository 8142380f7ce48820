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
  ///   - relevance: What belongs to which query. Queries to which nothing belongs are left out and counted.
  /// - Throws: `InputError` when an embedding is not finite, or no query has a relevant item.
  public func evaluate(queries: Tensor, gallery: Tensor, relevance: Relevance) throws -> RetrievalFigures {
    let rankings = try rankings(queries: queries, gallery: gallery, relevance: relevance)
    return RetrievalFigures(
      rankings.compactMap(\.self), cutoffs: cutoffs, gallery: gallery.shape[0],
      searched: gallery.shape[0] - (relevance.leavesOneOut ? 1 : 0), withoutRelevant: rankings.count { $0 == nil })
  }

  /// The same with a list of relevant items a query, in any order.
  public func evaluate(queries: Tensor, gallery: Tensor, relevant: [[Int]]) throws -> RetrievalFigures {
    try evaluate(queries: queries, gallery: gallery, relevance: .lists(relevant))
  }

  /// Returns how well every single query did, nil where nothing belongs to it: what confidence intervals, paired tests
  /// and the search for the worst queries are made of.
  ///
  /// - Throws: `InputError` when an embedding is not finite, or no query has a relevant item.
  public func rankings(queries: Tensor, gallery: Tensor, relevance: Relevance) throws -> [QueryRanking?] {
    try queries.requireFiniteRows("query")
    try gallery.requireFiniteRows("gallery item")
    let (n, m) = (queries.shape[0], gallery.shape[0])
    precondition(
      queries.shape[1] == gallery.shape[1], "queries \(queries.shape) and gallery \(gallery.shape) differ in length")
    let lookup = RelevanceLookup(relevance, queries: n, gallery: m)
    let asked = (0..<n).filter { lookup.count(of: $0) > 0 }
    guard !asked.isEmpty else {
      throw InputError(
        n == 0 ? "there is no query to search with" : "nothing in the gallery is relevant to any of \(n) queries",
        remedy: "take queries and a gallery from one source")
    }
    let cutoffs = cutoffs
    let found = RelevantRanks(in: gallery).map(asked, of: queries, lookup) {
      QueryRanking(ranks: $0, cutoffs: cutoffs)
    }
    var rankings = [QueryRanking?](repeating: nil, count: n)
    for (query, ranking) in zip(asked, found) { rankings[query] = ranking }
    return rankings
  }
}
