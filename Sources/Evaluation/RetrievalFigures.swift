/// How well queries found what belongs to them, beside what guessing would have found.
public struct RetrievalFigures: Hashable, Sendable, Codable {
  /// By *k*: the share of queries with a relevant item among the *k* nearest.
  public let recall: [Int: Double]

  /// By *k*: the recall that can be expected of a gallery in random order.
  public let chance: [Int: Double]

  /// The median of the ranks of the first relevant items, from 1; the mean of the middle two for an even number.
  public let medianRank: Double

  /// The mean of one over the rank of the first relevant item.
  public let meanReciprocalRank: Double

  /// The number of queries that were measured: those with a relevant item.
  public let queries: Int

  /// The number of queries left out because nothing in the gallery is relevant to them.
  public let withoutRelevant: Int

  /// The number of items that were searched.
  public let gallery: Int

  /// Sums up ranks.
  ///
  /// - Parameters:
  ///   - ranks: The rank, from 1, of the first relevant item of every query; at least one.
  ///   - relevantCounts: How many items are relevant to each.
  init(ranks: [Int], relevantCounts: [Int], cutoffs: [Int], gallery: Int, withoutRelevant: Int) {
    let n = Double(ranks.count)
    func byCutoff(_ figure: (Int) -> Double) -> [Int: Double] {
      Dictionary(cutoffs.map { ($0, figure($0)) }, uniquingKeysWith: { first, _ in first })
    }
    recall = byCutoff { k in Double(ranks.count { $0 <= k }) / n }
    chance = byCutoff { k in
      relevantCounts.reduce(0) { $0 + Self.chance(of: $1, among: gallery, within: k) } / n
    }
    let sorted = ranks.sorted()
    medianRank = Double(sorted[(ranks.count - 1) / 2] + sorted[ranks.count / 2]) / 2
    meanReciprocalRank = ranks.reduce(0) { $0 + 1 / Double($1) } / n
    queries = ranks.count
    self.withoutRelevant = withoutRelevant
    self.gallery = gallery
  }

  /// The chance that *k* of *M* items drawn without putting back hold one of *r* relevant ones:
  /// 1 − C(*M* − *r*, *k*) / C(*M*, *k*).
  ///
  /// Worked out draw by draw, p ← p + (1 − p)·r/(M − i), which adds only positive numbers: the binomials overflow, and
  /// one less a ratio near one loses its digits where chance is small.
  static func chance(of relevant: Int, among count: Int, within k: Int) -> Double {
    var p = 0.0
    for i in 0..<min(k, count) {
      if relevant >= count - i { return 1 }
      p += (1 - p) * Double(relevant) / Double(count - i)
    }
    return p
  }
}
