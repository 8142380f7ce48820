import Basics
import TestSupport
import Tensors
import Testing

@testable import Evaluation

@Suite struct StreamedRetrievalTests {
  private static let cutoffs = [1, 3, 5, 10, 100]

  private static func goldens() throws -> (queries: Tensor, corpus: Tensor, relevant: [[Int]], Goldens) {
    let goldens = try Goldens("text_evaluators")
    let counts = goldens["search.counts"].values(as: Int.self)
    var rest = goldens["search.relevant"].values(as: Int.self)[...]
    let relevant = counts.map { count in
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    return (goldens["search.queries"], goldens["search.corpus"], relevant, goldens)
  }

  private static func streamed(
    _ queries: Tensor, _ corpus: Tensor, _ relevant: [[Int]], parts: Int, cutoffs: [Int] = cutoffs
  ) throws -> [QueryRanking?] {
    let items = Set(relevant.joined()).sorted()
    var search = try StreamedRetrieval(
      queries: queries, relevant: relevant, items: items, rows: corpus.items(at: items), cutoffs: cutoffs)
    for start in stride(from: 0, to: corpus.shape[0], by: parts) {
      try search.search(corpus[start..<min(start + parts, corpus.shape[0])])
    }
    #expect(search.gallery == corpus.shape[0])
    return search.rankings()
  }

  @Test(arguments: [7, 50, 1000]) func agreesWithSentenceTransformers(parts: Int) throws {
    let (queries, corpus, relevant, goldens) = try Self.goldens()
    let found = try Self.streamed(queries, corpus, relevant, parts: parts).compactMap(\.self)
    #expect(found.count == 21)
    func mean(_ figure: (QueryRanking) -> Double) -> Double {
      found.reduce(0) { $0 + figure($1) } / Double(found.count)
    }
    let ks = Array(Self.cutoffs.prefix(4))
    let ours =
      ks.map { k in mean { $0.firstRank <= k ? 1 : 0 } }
      + ks.indices.map { place in mean { Double($0.found[place]) / Double(ks[place]) } }
      + ks.indices.map { place in mean { Double($0.found[place]) / Double($0.relevant) } }
      + [
        mean { $0.firstRank <= 10 ? 1 / Double($0.firstRank) : 0 }, mean { $0.gain[3] },
        mean { $0.averagePrecisionWithin[4] },
      ]
    for (figure, theirs) in zip(ours, goldens["search.figures"].values(as: Double.self)) {
      #expect(abs(figure - theirs) < 1e-8, "\(ours)")
    }
  }

  /// With rows that come again, so that many are equally similar, and parts that cut them off from each other.
  @Test(arguments: [1, 5, 64]) func ranksAreThoseOfTheWholeGallery(parts: Int) throws {
    var stream = RandomStream(seed: 8)
    let (n, m) = (9, 60)
    let corpus = peerInput(20, 4, 0.37, 1.3).items(at: (0..<m).map { _ in stream.integer(below: 20) })
    let queries = peerInput(n, 4, 0.41, 1.1)
    let relevant = (0..<n).map { query in (0..<m).filter { _ in query > 1 && stream.integer(below: 12) == 0 } }
    let whole = try Retrieval(cutoffs: Self.cutoffs).rankings(
      queries: queries, gallery: corpus, relevance: .lists(relevant))
    #expect(try Self.streamed(queries, corpus, relevant, parts: parts) == whole)
  }

  @Test func scoresGiveTheSameRanksAsSorting() {
    let found = QueryRanking(relevant: [0.2, 0.9, 0.5], others: [0.5, 0.1, 0.95, 0.3], cutoffs: [1, 3, 10])
    // 0.95 | 0.9 | 0.5 (wrong) 0.5 | 0.3 | 0.2: ranks 2, 4, 6.
    #expect(found == QueryRanking(ranks: [2, 4, 6], cutoffs: [1, 3, 10]))
    #expect(found.averagePrecisionWithin[0] == 0 && found.averagePrecisionWithin[1] == 1.0 / 6)
    #expect(abs(found.averagePrecisionWithin[2] - (1.0 / 2 + 2.0 / 4 + 3.0 / 6) / 3) < 1e-15)
    #expect(found.averagePrecisionWithin[2] == found.averagePrecision)
  }

  @Test func saysWhatCannotBeSearched() throws {
    let rows = Tensor.ones([2, 3])
    #expect {
      try StreamedRetrieval(queries: rows, relevant: [[], []], items: [], rows: rows[0..<0], cutoffs: [1])
    } throws: {
      "\($0)" == "nothing is relevant to any of 2 queries; are the judgements of this set?"
    }
    var search = try StreamedRetrieval(queries: rows, relevant: [[0], []], items: [0], rows: rows[0..<1], cutoffs: [1])
    #expect(throws: InputError.self) { try search.search(rows / 0.0) }
  }
}
