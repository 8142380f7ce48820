import Search
import TestSupport
import Tensors
import Testing

@Suite struct NearestRowsTests {
  private let rows = peerInput(23, 5, 0.37, 1.3)
  private let queries = peerInput(7, 5, 0.41, 1.1)

  @Test(arguments: [NearestRows.Measure.cosine, .euclidean], [1, 4, 23, 40])
  func agreesWithSortingAllPairs(measure: NearestRows.Measure, count: Int) {
    let found = NearestRows(among: rows, by: measure, tile: (3, 5))(to: queries, count: count)
    let expected = naive(queries, rows, measure, count)
    #expect(found.indices.shape == [7, min(count, 23)])
    #expect(found.indices.values(as: Int.self) == expected.flatMap { $0.map(\.index) })
    expectClose(found.scores, expected.flatMap { $0.map(\.score) }, relative: 1e-9, absolute: 1e-9)
  }

  @Test(arguments: [1, 4, 22, 30])
  func leavesTheQueryItselfOut(count: Int) {
    let search = NearestRows(among: rows, by: .cosine, tile: (3, 5))
    let found = search(to: rows[4..<11], count: count, leavingOutFrom: 4)
    let expected = naive(rows[4..<11], rows, .cosine, 23).enumerated().flatMap { q, all in
      all.map(\.index).filter { $0 != q + 4 }.prefix(count)
    }
    #expect(found.indices.values(as: Int.self) == expected)
  }

  @Test(arguments: [1, 2, 3, 6, 12])
  func takesTheLowerIndexOfEqualRows(count: Int) {
    // Rows 0, 2, 4, … are one vector, the others another: a query of the second finds 1, 3, 5, …, then 0, 2, 4, ….
    let pair: [Double] = [1, 0, 0, 0.6, 0.8, 0]
    let rows = Tensor((0..<6).flatMap { _ in pair }, shape: [12, 3])
    let query = Tensor([0.6, 0.8, 0] as [Double], shape: [1, 3])
    for tile in [1, 4, 5, 12, 100] {
      let found = NearestRows(among: rows, by: .cosine, tile: (1, tile))(to: query, count: count)
      #expect(found.indices.values(as: Int.self) == Array([1, 3, 5, 7, 9, 11, 0, 2, 4, 6, 8, 10].prefix(count)))
    }
  }

  @Test func noQueriesAndNoRowsGiveNoMatches() {
    #expect(NearestRows(among: rows, by: .cosine)(to: .zeros([0, 5]), count: 3).indices.shape == [0, 3])
    #expect(NearestRows(among: .zeros([0, 5]), by: .cosine)(to: .zeros([2, 5]), count: 3).indices.shape == [2, 0])
    let alone = NearestRows(among: rows[0..<1], by: .cosine)
    #expect(alone(to: rows[0..<1], count: 3, leavingOutFrom: 0).indices.shape == [1, 0])
  }

  private func naive(
    _ queries: Tensor, _ rows: Tensor, _ measure: NearestRows.Measure, _ count: Int
  ) -> [[(index: Int, score: Double)]] {
    func vectors(_ matrix: Tensor) -> [[Double]] {
      (0..<matrix.shape[0]).map { matrix[$0].values(as: Double.self) }
    }
    func product(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
    return vectors(queries).map { x in
      let scored = vectors(rows).enumerated().map { index, y in
        switch measure {
        case .cosine: (index: index, score: product(x, y) / (product(x, x) * product(y, y)).squareRoot())
        case .euclidean: (index: index, score: -zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot())
        }
      }
      return Array(scored.sorted { ($0.score, -$0.index) > ($1.score, -$1.index) }.prefix(count))
    }
  }
}
