/// The queries that found worst what belongs to them, with what they found instead.
struct WorstQueries {
  /// How many queries are shown, and how many hits of each.
  static let (limit, hits) = (24, 10)

  /// Embeddings of what is asked for `[N, D]` and of what is searched `[M, D]`.
  let queries, gallery: Tensor
  /// What they stand for.
  let query, found: (Int) -> Findings.Subject
  /// What belongs to a query, by places in the gallery.
  let relevant: (Int) -> [Int]
  /// Whether queries and gallery are the same items, of which none is searched for itself.
  var leavesOneOut = false

  /// The worst by a figure, the lower the worse; of equally bad ones the first. Those that found all that can be are left
  /// out, so that of a perfect search nothing is shown.
  func rows(
    _ rankings: [QueryRanking?], by figure: (QueryRanking) -> Double, note: (QueryRanking) -> String
  ) -> [Findings.Row] {
    let worst = rankings.indices.filter { rankings[$0].map { figure($0) < 1 } ?? false }
      .sorted { (figure(rankings[$0]!), $0) < (figure(rankings[$1]!), $1) }.prefix(Self.limit)
    return rows(of: Array(worst)) {
      note(rankings[$0]!)
    } wanted: { query in
      let ranking = rankings[query]!
      guard ranking.firstRank > Self.hits else { return nil }
      return nearestRelevant(to: query).map { place, similarity in
        Findings.Hit(subject: found(place), similarity: similarity, isRight: true, rank: ranking.firstRank)
      }
    }
  }

  /// Queries at some places with what is nearest to them.
  func rows(
    of places: [Int], note: (Int) -> String?, wanted: (Int) -> Findings.Hit? = { _ in nil }
  ) -> [Findings.Row] {
    guard !places.isEmpty else { return [] }
    let nearest = NearestRows(among: gallery, by: .cosine)(
      to: queries.items(at: places), count: Self.hits + (leavesOneOut ? 1 : 0))
    return zip(places, zip(nearest.indices.rows, nearest.scores.to(.float64).doubleRows)).map { query, found in
      let right = Set(relevant(query))
      let hits = zip(found.0, found.1).filter { !leavesOneOut || $0.0 != query }.prefix(Self.hits).map {
        Findings.Hit(subject: self.found($0), similarity: $1, isRight: right.contains($0))
      }
      return Findings.Row(query: self.query(query), note: note(query), hits: hits, wanted: wanted(query))
    }
  }

  private func nearestRelevant(to query: Int) -> (place: Int, similarity: Double)? {
    let places = relevant(query).filter { !leavesOneOut || $0 != query }
    guard !places.isEmpty else { return nil }
    let rows = gallery.items(at: places).to(.float64).normalized()
    let similarities = (rows * queries[query..<(query + 1)].to(.float64).normalized()).sum(1).values(as: Double.self)
    let best = similarities.indices.max { similarities[$0] < similarities[$1] }!
    return (places[best], similarities[best])
  }
}

extension Tensor {
  /// The rows of a matrix of integers.
  var rows: [[Int]] { cut(values(as: Int.self)) }

  /// The rows of a matrix of numbers.
  var doubleRows: [[Double]] { cut(values(as: Double.self)) }

  private func cut<Element>(_ values: [Element]) -> [[Element]] {
    let width = shape[1]
    return (0..<shape[0]).map { Array(values[$0 * width..<($0 + 1) * width]) }
  }
}
