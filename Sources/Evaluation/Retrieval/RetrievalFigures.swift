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

  /// By *k*: the share of relevant items among the *k* nearest, averaged over queries.
  public let precision: [Int: Double]

  /// By *k*: the share of a query's relevant items that is among the *k* nearest, averaged over queries. Where one item
  /// is relevant to each this is `recall`; information retrieval calls it recall where there are more.
  public let coverage: [Int: Double]

  /// By *k*: the normalised discounted cumulative gain, averaged over queries (`QueryRanking.gain`).
  public let gain: [Int: Double]

  /// The mean of `QueryRanking.rPrecision`.
  public let rPrecision: Double

  /// MAP: the mean of `QueryRanking.averagePrecision`.
  public let meanAveragePrecision: Double

  /// MAP@R: the mean of `QueryRanking.averagePrecisionAtR`.
  public let meanAveragePrecisionAtR: Double

  /// Sums up queries.
  ///
  /// - Parameters:
  ///   - rankings: At least one.
  ///   - cutoffs: Those that the rankings were made for.
  ///   - searched: Among how many items a query was searched.
  init(_ rankings: [QueryRanking], cutoffs: [Int], gallery: Int, searched: Int, withoutRelevant: Int) {
    let n = Double(rankings.count)
    func mean(_ figure: (QueryRanking) -> Double) -> Double { rankings.reduce(0) { $0 + figure($1) } / n }
    func byCutoff(_ figure: (QueryRanking, (place: Int, k: Int)) -> Double) -> [Int: Double] {
      Dictionary(
        cutoffs.enumerated().map { place, k in (k, mean { figure($0, (place, k)) }) },
        uniquingKeysWith: { first, _ in first })
    }
    recall = byCutoff { $0.firstRank <= $1.k ? 1 : 0 }
    chance = byCutoff { Self.chance(of: $0.relevant, among: searched, within: $1.k) }
    precision = byCutoff { Double($0.found[$1.place]) / Double($1.k) }
    coverage = byCutoff { Double($0.found[$1.place]) / Double($0.relevant) }
    gain = byCutoff { $0.gain[$1.place] }
    let sorted = rankings.map(\.firstRank).sorted()
    medianRank = Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    meanReciprocalRank = mean { 1 / Double($0.firstRank) }
    rPrecision = mean(\.rPrecision)
    meanAveragePrecision = mean(\.averagePrecision)
    meanAveragePrecisionAtR = mean(\.averagePrecisionAtR)
    queries = rankings.count
    self.withoutRelevant = withoutRelevant
    self.gallery = gallery
  }

  /// The chance that *k* of *M* items drawn without putting back hold one of *r* relevant ones:
  /// 1 − C(*M* − *r*, *k*) / C(*M*, *k*).
  ///
  /// Worked out draw by draw, p ← p + (1 − p)·r/(M − i), which adds only positive numbers: the binomials overflow, and
  /// one less a ratio near one loses its digits where chance is small.
  public static func chance(of relevant: Int, among count: Int, within k: Int) -> Double {
    var p = 0.0
    for i in 0..<min(k, count) {
      if relevant >= count - i { return 1 }
      p += (1 - p) * Double(relevant) / Double(count - i)
    }
    return p
  }
}
