import Basics

/// How well one query found what belongs to it.
///
/// With *R* relevant items at the ranks r₁ < r₂ < … < r_R, from 1. Every figure is between 0 and 1 but the rank.
public struct QueryRanking: Hashable, Sendable, Codable {
  /// *R*, at least 1.
  public let relevant: Int

  /// r₁.
  public let firstRank: Int

  /// The mean over all relevant items of the precision where each is found: 1/R · Σᵢ i/rᵢ.
  public let averagePrecision: Double

  /// The same with nothing for what is found behind rank *R*: 1/R · Σ (i/rᵢ over rᵢ ≤ R).
  ///
  /// Source: Musgrave, Belongie, Lim. "A Metric Learning Reality Check." ECCV 2020, section 3.2.
  /// <https://arxiv.org/abs/2003.08505>
  public let averagePrecisionAtR: Double

  /// The share of relevant items among the *R* nearest: 1/R · |{ rᵢ ≤ R }|.
  public let rPrecision: Double

  /// For every cutoff *k*, how many relevant items are among the *k* nearest.
  public let found: [Int]

  /// For every cutoff *k*, the normalised discounted cumulative gain: Σ (1/log₂(1 + rᵢ) over rᵢ ≤ k), divided by the
  /// largest it can be, Σ (1/log₂(1 + i) over i ≤ min(k, R)).
  ///
  /// Source: Järvelin, Kekäläinen. "Cumulated gain-based evaluation of IR techniques." ACM TOIS 20(4), 2002.
  public let gain: [Double]

  /// For every cutoff *k*, the average precision of the *k* nearest: 1/min(k, R) · Σ (i/rᵢ over rᵢ ≤ k), whose mean is
  /// MAP@*k* as information retrieval has it.
  public let averagePrecisionWithin: [Double]

  /// Sums up the order of scores. Ties count against: a relevant item stands behind every irrelevant one that scores as high,
  /// within 10⁻¹².
  ///
  /// - Parameters:
  ///   - relevant: The scores of the relevant items, at least one.
  ///   - others: Those of all others.
  ///   - cutoffs: Among how many to count.
  public init(relevant: [Double], others: [Double], cutoffs: [Int]) {
    let sorted = others.sorted(by: >)
    var before = 0
    let ranks = relevant.sorted(by: >).enumerated().map { i, score in
      while before < sorted.count, sorted[before] >= score - RelevantRanks.tolerance { before += 1 }
      return i + 1 + before
    }
    self.init(ranks: ranks, cutoffs: cutoffs)
  }

  /// Sums up ranks, ascending.
  init(ranks: [Int], cutoffs: [Int]) {
    let n = ranks.count
    relevant = n
    firstRank = ranks[0]
    var (whole, atR, within) = (0.0, 0.0, 0)
    for (i, rank) in ranks.enumerated() {
      let precision = Double(i + 1) / Double(rank)
      whole += precision
      if rank <= n {
        atR += precision
        within += 1
      }
    }
    averagePrecision = whole / Double(n)
    averagePrecisionAtR = atR / Double(n)
    rPrecision = Double(within) / Double(n)
    found = cutoffs.map { k in ranks.count { $0 <= k } }
    averagePrecisionWithin = cutoffs.map { k in
      ranks.prefix { $0 <= k }.enumerated().reduce(0) { $0 + Double($1.offset + 1) / Double($1.element) }
        / Double(min(k, n))
    }
    gain = cutoffs.map { k in
      Self.discounted(ranks.prefix { $0 <= k }) / Self.discounted(1...min(k, n))
    }
  }

  private static func discounted(_ ranks: some Sequence<Int>) -> Double {
    ranks.reduce(0) { $0 + .log(2) / .log(1 + Double($1)) }
  }
}
