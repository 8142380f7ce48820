import Basics
import TestSupport
import Tensors
import Testing

@testable import Evaluation

@Suite struct RetrievalTests {
  private let queries = peerInput(19, 5, 0.41, 1.1)
  private let gallery = peerInput(31, 5, 0.37, 1.3)

  @Test func agreesWithPlainLoops() throws {
    // One to four relevant items a query, some named twice, and two queries without any.
    let relevant = (0..<19).map { i in i % 9 == 4 ? [] : (0...(i % 4)).map { ($0 * 7 + i * 5) % 31 } + [i * 5 % 31] }
    let figures = try Retrieval(cutoffs: [1, 3, 10, 50]).evaluate(
      queries: queries, gallery: gallery, relevant: relevant)
    let ranks = zip(PlainEmbeddings(queries).rows, relevant).filter { !$1.isEmpty }.map { query, items in
      let order = PlainEmbeddings(gallery).rows.enumerated()
        .sorted { PlainEmbeddings.cosine(query, $0.element) > PlainEmbeddings.cosine(query, $1.element) }
        .map(\.offset)
      return order.firstIndex { items.contains($0) }! + 1
    }
    #expect(Set(ranks).count > 5)
    for k in [1, 3, 10, 50] {
      #expect(figures.recall[k] == Double(ranks.filter { $0 <= k }.count) / Double(ranks.count))
    }
    #expect(figures.medianRank == Double(ranks.sorted()[ranks.count / 2]))
    #expect(ranks.count == 17)
    #expect(abs(figures.meanReciprocalRank - ranks.map { 1 / Double($0) }.reduce(0, +) / 17) < 1e-12)
    #expect(figures.queries == 17)
    #expect(figures.withoutRelevant == 2)
    #expect(figures.gallery == 31)
  }

  // pytorch-metric-learning's precision at 1 and mean reciprocal rank, with all of the same label relevant.
  @Test func agreesWithAPeer() throws {
    let (x, y) = (PeerEmbeddings.embeddings, PeerEmbeddings.labels)
    let relevant = y[..<20].map { label in (0..<40).filter { y[20 + $0] == label } }
    let figures = try Retrieval().evaluate(queries: x[0..<20], gallery: x[20..<60], relevant: relevant)
    #expect(figures.recall[1] == 1)
    #expect(figures.meanReciprocalRank == 1)
    // Self-retrieval, one query at a time against all others.
    let each = try (0..<60).map { i in
      let others = (0..<60).filter { $0 != i }
      return try Retrieval().evaluate(
        queries: x[i..<(i + 1)], gallery: x.items(at: others),
        relevant: [others.indices.filter { y[others[$0]] == y[i] }])
    }
    #expect(abs(each.map { $0.recall[1]! }.reduce(0, +) / 60 - 0.983333) < 1e-6)
    #expect(abs(each.map(\.meanReciprocalRank).reduce(0, +) / 60 - 0.991667) < 1e-6)
  }

  @Test func collapsedEmbeddingsFindNothing() throws {
    // Sizes at which products of equal rows fall on different kernels of a matrix product.
    let row = Tensor((0..<37).map { Float($0 % 5) / 3 - 0.7 }, shape: [1, 37])
    let relevant = (0..<101).map { [$0] }
    let figures = try Retrieval().evaluate(
      queries: row.expanded(to: [101, 37]), gallery: row.expanded(to: [101, 37]), relevant: relevant)
    #expect(figures.recall == [1: 0, 5: 0, 10: 0])
    #expect(figures.medianRank == 101)
    #expect(abs(figures.meanReciprocalRank - 1.0 / 101) < 1e-12)
    let zeros = try Retrieval().evaluate(
      queries: .zeros([4, 3]), gallery: .zeros([4, 3]), relevant: [[0], [1], [2], [3]])
    #expect(zeros.recall[1] == 0)
  }

  @Test func tiesWithOtherRelevantItemsDoNotHurt() throws {
    let row = Tensor([1, 2] as [Float], shape: [1, 2])
    let figures = try Retrieval().evaluate(queries: row, gallery: row.expanded(to: [6, 2]), relevant: [[1, 4, 4]])
    #expect(figures.medianRank == 5)
    let all = try Retrieval().evaluate(queries: row, gallery: row.expanded(to: [3, 2]), relevant: [[0, 1, 2]])
    #expect(all.recall[1] == 1)
    #expect(all.chance[1] == 1)
  }

  @Test func chanceIsTheHypergeometricOne() throws {
    // 1 − C(M − r, k)/C(M, k) with binomials in exact integers.
    func binomial(_ n: Int, _ k: Int) -> Int { k > n ? 0 : (0..<k).reduce(1) { $0 * (n - $1) / ($1 + 1) } }
    for m in 1...12 {
      for r in 1...m {
        for k in 1...14 {
          let drawn = min(k, m)
          let expected = 1 - Double(binomial(m - r, drawn)) / Double(binomial(m, drawn))
          #expect(abs(RetrievalFigures.chance(of: r, among: m, within: k) - expected) < 1e-14)
        }
      }
    }
    // One relevant item among M: k/M to the last digits, however small.
    let tiny = RetrievalFigures.chance(of: 1, among: 1 << 40, within: 10)
    #expect(abs(tiny * 0x1p40 - 10) < 1e-12)
    let figures = try Retrieval(cutoffs: [2]).evaluate(
      queries: queries[0..<3], gallery: gallery[0..<5], relevant: [[0], [], [1, 2]])
    #expect(abs(figures.chance[2]! - (0.4 + 0.7) / 2) < 1e-15)  // 2/5, and 1 − 3/10
  }

  @Test func oneQueryOneItem() throws {
    let figures = try Retrieval().evaluate(queries: queries[0..<1], gallery: gallery[0..<1], relevant: [[0]])
    #expect(figures.recall == [1: 1, 5: 1, 10: 1])
    #expect(figures.chance == [1: 1, 5: 1, 10: 1])
  }

  @Test func medianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    let figures = RetrievalFigures(
      [9, 1, 4, 2].map { QueryRanking(ranks: [$0], cutoffs: [1, 2]) }, cutoffs: [1, 2], gallery: 10, searched: 10,
      withoutRelevant: 0)
    #expect(figures.medianRank == 3)
    #expect(figures.recall == [1: 0.25, 2: 0.5])
  }

  @Test func whatCannotBeMeasuredIsSaid() {
    #expect(
      throws: InputError("there is no query to search with", remedy: "take queries and a gallery from one source")
    ) { try Retrieval().evaluate(queries: .zeros([0, 5]), gallery: gallery, relevant: []) }
    #expect(throws: InputError.self) {
      try Retrieval().evaluate(queries: queries[0..<2], gallery: gallery, relevant: [[], []])
    }
    #expect(throws: InputError.self) {
      try Retrieval().evaluate(queries: queries[0..<1], gallery: .zeros([0, 5]), relevant: [[]])
    }
    let broken = queries.filled(where: Tensor.range(0..<19).unsqueezed(1) .== 3, with: .infinity)
    let error = #expect(throws: InputError.self) {
      try Retrieval().evaluate(queries: broken, gallery: gallery, relevant: [[Int]](repeating: [0], count: 19))
    }
    #expect(error?.place == "query 3")
  }
}
