import Basics
import TestSupport
import Tensors
import Testing

@testable import Search

@Suite struct NearestPairsTests {
  /// All pairs, sorted. Equal scores come from equal rows alone.
  private static func plain(_ rows: Tensor, count: Int) -> [(Int, Int, Double)] {
    let n = rows.shape[0]
    let unit = rows.normalized()
    let scores = unit.matrixProduct(unit.transposed()).values(as: Double.self)
    return (0..<n).flatMap { i in (i + 1..<n).map { (i, $0, scores[i * n + $0]) } }
      .sorted { ($1.2, $0.0, $0.1) < ($0.2, $1.0, $1.1) }.prefix(count).map { $0 }
  }

  @Test(arguments: [(1, 3, 4), (10, 7, 5), (60, 256, 16384), (5000, 4, 9)])
  func findsTheBestOfAll(count: Int, queries: Int, rows: Int) {
    let matrix = peerInput(41, 6, 0.37, 1.3)
    let found = NearestPairs(tile: (queries, rows))(among: matrix, count: count)
    let expected = Self.plain(matrix, count: count)
    #expect(found.count == min(count, 41 * 40 / 2) && found.count == expected.count)
    for (ours, theirs) in zip(found, expected) {
      #expect(ours.first == theirs.0 && ours.second == theirs.1)
      #expect(abs(Double(ours.score) - theirs.2) < 1e-5)
    }
  }

  /// Of rows that are all the same, the first pairs are kept, whatever the tiles.
  @Test(arguments: [(2, 3), (5, 100)]) func equalPairsKeepTheirOrder(queries: Int, rows: Int) {
    let found = NearestPairs(tile: (queries, rows))(among: .ones([9, 4]), count: 10)
    #expect(found.map { [$0.first, $0.second] } == (1...8).map { [0, $0] } + [[1, 2], [1, 3]])
  }

  @Test func leavesOutWhatIsNotWanted() {
    let matrix = peerInput(20, 5, 0.41, 1.1)
    let all = NearestPairs()(among: matrix, count: 1000)
    let found = NearestPairs()(among: matrix, count: 1000, above: 0.3) { ($0 + $1) % 2 == 0 }
    #expect(found == all.filter { $0.score >= 0.3 && ($0.first + $0.second) % 2 == 0 })
    #expect(!found.isEmpty && NearestPairs()(among: matrix[0..<1], count: 3).isEmpty)
  }

  @Test func pairsAreThoseOfSentenceTransformers() throws {
    let goldens = try Goldens("text_evaluators")
    let mined = goldens["paraphrases.mined"].values(as: Double.self)
    let found = NearestPairs()(among: goldens["paraphrases.rows"], count: 50)
    for (place, pair) in found.enumerated() {
      let theirs = mined[place * 3..<place * 3 + 3]
      #expect(abs(Double(pair.score) - theirs.first!) < 1e-6)
      #expect(theirs.dropFirst().map { Int($0) } == [pair.first, pair.second])
    }
  }
}
