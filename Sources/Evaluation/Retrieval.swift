public import Tensors

/// How well queries find what belongs to them in a gallery, by cosine similarity.
///
/// The rank of a query is that of the first item that belongs to it:
///
///     rank = 1 + number of items that do not belong to it and are at least as similar as its best one
///
/// "At least" within 10⁻⁶, the rounding of `float32`: items that tie come before the right one, so that no success is
/// luck. A model that embeds everything alike finds nothing.
///
/// Recall@*k* is the share of queries whose rank is at most *k*. A chunk of queries is compared with the gallery at a
/// time: memory is O(chunk) beside the embeddings, time O(*Q*·*N*·*D*).
public struct Retrieval: Hashable, Sendable, Codable {
  /// Recall, by its *k*.
  public let recall: [Int: Double]

  /// What recall@*k* would be in expectation for a random order of the gallery, by *k*:
  /// 1 − C(*N* − *r*, *k*)/C(*N*, *k*) for a query with *r* relevant items among *N*, averaged over queries.
  public let chance: [Int: Double]

  /// The median of the ranks, the mean of the two middle ones where their number is even; 0 without queries.
  public let medianRank: Double

  /// The mean of 1/rank.
  public let meanReciprocalRank: Double

  /// The number of queries that were counted: those to which something in the gallery belongs.
  public let queryCount: Int

  /// What in the gallery belongs to a query.
  public enum Relevance {
    /// For every query, the numbers of the gallery's items that belong to it; queries without any are not counted.
    case lists([[Int]])
    /// An item belongs to a query when their groups are equal.
    case groups(queries: [Int], gallery: [Int])
  }

  /// Searches for every query and counts.
  ///
  /// - Parameters:
  ///   - queries: `[Q, D]`, of any norm.
  ///   - gallery: `[N, D]`, of any norm.
  ///   - relevance: What belongs to what.
  ///   - cutoffs: The *k* of recall@*k*.
  ///   - leavingOneOut: Whether query *i* is item *i* of the gallery and not to find itself.
  ///   - chunkSize: The number of similarities held at once.
  public init(
    of queries: Tensor, in gallery: Tensor, relevance: Relevance, cutoffs: [Int] = [1, 5, 10],
    leavingOneOut: Bool = false, chunkSize: Int = 1 << 22
  ) {
    precondition(
      queries.rank == 2 && gallery.rank == 2 && queries.shape[1] == gallery.shape[1],
      "retrieval takes [Q, D] and [N, D], got \(queries.shape) and \(gallery.shape)")
    let (q, n) = (queries.shape[0], gallery.shape[0])
    precondition(!leavingOneOut || q == n, "leaving one out takes queries that are the gallery, got \(q) and \(n)")
    relevance.check(queries: q, gallery: n)
    precondition(cutoffs.allSatisfy { $0 > 0 }, "recall is counted at positive ranks, got \(cutoffs)")

    var ranks: [Int] = []
    var relevantCounts: [Int] = []
    withoutGradient {
      let rows = queries.detached().normalized()
      let columns = gallery.detached().normalized().transposed()
      let length = max(1, chunkSize / max(n, 1))
      for start in stride(from: 0, to: n == 0 ? 0 : q, by: length) {
        let range = start..<min(start + length, q)
        let similarities = withPrecision(.float32, on: rows.device) { rows[range].matrixProduct(columns) }
        let relevant = relevance.mask(range, of: n, on: rows.device)
        if leavingOneOut {
          similarities.diagonal(start).fill(-.infinity)
          relevant.diagonal(start).fill(0)
        }
        let best = similarities.filled(where: !relevant, with: -.infinity).max(1, keeping: true)
        // "Not less" rather than "at least": a NaN then counts as ahead.
        let ahead = (!(similarities .< (best - 1e-6))).and(!relevant).sum(1).values(as: Int.self)
        for (ahead, count) in zip(ahead, relevant.sum(1).values(as: Int.self)) where count > 0 {
          ranks.append(ahead + 1)
          relevantCounts.append(count)
        }
      }
    }
    self.init(
      ranks: ranks, relevantCounts: relevantCounts, galleryCount: leavingOneOut ? n - 1 : n, cutoffs: cutoffs)
  }

  private init(ranks: [Int], relevantCounts: [Int], galleryCount: Int, cutoffs: [Int]) {
    let count = Double(max(ranks.count, 1))
    var (recall, chance): ([Int: Double], [Int: Double]) = ([:], [:])
    for k in cutoffs {
      recall[k] = Double(ranks.count { $0 <= k }) / count
      chance[k] = relevantCounts.reduce(0) { $0 + Self.chance(at: k, relevant: $1, among: galleryCount) } / count
    }
    self.recall = recall
    self.chance = chance
    meanReciprocalRank = ranks.reduce(0) { $0 + 1 / Double($1) } / count
    let sorted = ranks.sorted()
    medianRank =
      sorted.isEmpty ? 0 : Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    queryCount = ranks.count
  }

  /// The probability that *k* items drawn from *n* without putting back hold one of the *r* relevant ones.
  ///
  ///     1 − C(n − r, k)/C(n, k) = 1 − Πᵢ (n − r − i)/(n − i),  i = 0 ..< k
  public static func chance(at k: Int, relevant r: Int, among n: Int) -> Double {
    if k + r > n { return r > 0 ? 1 : 0 }
    var miss = 1.0
    for i in 0..<k { miss *= Double(n - r - i) / Double(n - i) }
    return 1 - miss
  }
}

extension Retrieval.Relevance {
  fileprivate func check(queries: Int, gallery: Int) {
    switch self {
    case .lists(let lists):
      precondition(lists.count == queries, "expected one list a query, \(queries), got \(lists.count)")
      precondition(
        lists.joined().allSatisfy { 0..<gallery ~= $0 }, "a list names an item outside the gallery of \(gallery)")
    case .groups(let left, let right):
      precondition(
        left.count == queries && right.count == gallery,
        "expected \(queries) and \(gallery) groups, got \(left.count) and \(right.count)")
    }
  }

  /// Which of the gallery's items belong to a range of queries: `bool`, `[range, gallery]`.
  fileprivate func mask(_ range: Range<Int>, of gallery: Int, on device: Device) -> Tensor {
    switch self {
    case .lists(let lists):
      var mask = [Bool](repeating: false, count: range.count * gallery)
      for (row, query) in range.enumerated() {
        for item in lists[query] { mask[row * gallery + item] = true }
      }
      return Tensor(mask, shape: [range.count, gallery]).to(device)
    case .groups(let left, let right):
      return Tensor(Array(left[range])).to(device).unsqueezed(1) .== Tensor(right).to(device).unsqueezed(0)
    }
  }
}
