import Evaluation
import TestSupport
import Tensors
import Testing

@Suite struct RetrievalTests {
  private let queries = Tensor.normal([13, 4], type: .float64, from: RandomSource(seed: 1))
  private let gallery = Tensor.normal([17, 4], type: .float64, from: RandomSource(seed: 2))
  private let lists = (0..<13).map { i in i == 5 ? [] : (0...i % 3).map { (i * 5 + $0 * 7) % 17 } }

  /// Ranks in plain loops.
  private func naiveRanks() -> [Int] {
    func rows(_ t: Tensor) -> [[Double]] { (0..<t.shape[0]).map { t[$0].values(as: Double.self) } }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let g = rows(gallery)
    return zip(rows(queries), lists).compactMap { q, relevant in
      let scores = g.map { dot(q, $0) / (dot(q, q) * dot($0, $0)).squareRoot() }
      let order = scores.indices.sorted { scores[$0] > scores[$1] }
      return order.firstIndex { relevant.contains($0) }.map { $0 + 1 }
    }
  }

  @Test(arguments: [1, 40, 10_000])
  func agreesWithLoopsWhateverTheChunk(chunkSize: Int) {
    let ranks = naiveRanks()
    let result = Retrieval(of: queries, in: gallery, relevance: .lists(lists), chunkSize: chunkSize)
    #expect(result.queryCount == 12)
    for k in [1, 5, 10] {
      #expect(result.recall[k] == Double(ranks.count { $0 <= k }) / 12)
    }
    #expect(abs(result.meanReciprocalRank - ranks.reduce(0) { $0 + 1 / Double($1) } / 12) < 1e-12)
    let sorted = ranks.sorted()
    #expect(result.medianRank == Double(sorted[5] + sorted[6]) / 2)
  }

  @Test func groupsAreLists() {
    let (left, right) = ((0..<13).map { $0 % 4 }, (0..<17).map { ($0 * 7) % 5 })
    let lists = left.map { group in right.indices.filter { right[$0] == group } }
    #expect(
      Retrieval(of: queries, in: gallery, relevance: .groups(queries: left, gallery: right), chunkSize: 30)
        == Retrieval(of: queries, in: gallery, relevance: .lists(lists)))
  }

  @Test func agreesWithPyTorchMetricLearning() {
    // pytorch-metric-learning 2.9.0's AccuracyCalculator on the same embeddings.
    let classes = (0..<60).map { $0 % 6 }
    let shift = Tensor.range(0..<8).unsqueezed(0) .== Tensor(classes).unsqueezed(1)
    let e = (peerInput(60, 8, 0.37, 1.3) + shift.to(.float64) * 1.5).normalized().to(.float32)
    let itself = Retrieval(
      of: e, in: e, relevance: .groups(queries: classes, gallery: classes), leavingOneOut: true, chunkSize: 500)
    #expect(abs(itself.recall[1]! - 0.983333) < 1e-6)
    #expect(abs(itself.meanReciprocalRank - 0.991667) < 1e-6)
    let others = Retrieval(
      of: e[0..<20], in: e[20..<60],
      relevance: .groups(queries: Array(classes[..<20]), gallery: Array(classes[20...])))
    #expect(others.recall[1] == 1 && others.meanReciprocalRank == 1)
  }

  @Test func aTieIsNoSuccess() {
    let same = Tensor.ones([20, 3])
    let result = Retrieval(of: same, in: same, relevance: .lists((0..<20).map { [$0] }))
    #expect(result.recall == [1: 0, 5: 0, 10: 0])
    #expect(result.medianRank == 20)
    let broken = Retrieval(of: same * .nan, in: same, relevance: .lists((0..<20).map { [$0] }))
    #expect(broken.recall[10] == 0)
  }

  @Test func chanceIsThatOfDrawing() {
    // 2 of 5 relevant, 2 drawn: all misses are C(3, 2) of C(5, 2) = 3 of 10.
    #expect(abs(Retrieval.chance(at: 2, relevant: 2, among: 5) - 0.7) < 1e-12)
    #expect(abs(Retrieval.chance(at: 10, relevant: 1, among: 290) - 10.0 / 290) < 1e-12)
    #expect(Retrieval.chance(at: 10, relevant: 1, among: 10) == 1)
    #expect(Retrieval.chance(at: 4, relevant: 2, among: 5) == 1)
    #expect(Retrieval.chance(at: 3, relevant: 0, among: 3) == 0)
    let result = Retrieval(of: queries[0..<2], in: gallery[0..<5], relevance: .lists([[0, 1], [3]]), cutoffs: [2])
    #expect(abs(result.chance[2]! - (0.7 + 0.4) / 2) < 1e-12)
  }

  @Test func copiesFindTheirOriginals() {
    let found = CopyDetection.evaluate(copies: gallery * 3 + queriesLikeNoise, among: gallery)
    #expect(found.recall[1] == 1 && found.medianRank == 1)
    let fewer = CopyDetection.evaluate(copies: gallery[0..<4], among: gallery)
    #expect(fewer.queryCount == 4 && fewer.recall[1] == 1)
    #expect(abs(fewer.chance[5]! - 5.0 / 17) < 1e-12)
  }

  private var queriesLikeNoise: Tensor { .normal([17, 4], type: .float64, from: RandomSource(seed: 3)) * 1e-3 }

  @Test func withoutQueriesNothingIsCounted() {
    let none = Retrieval(of: queries[0..<2], in: gallery, relevance: .lists([[], []]))
    #expect(none.queryCount == 0 && none.recall[1] == 0 && none.medianRank == 0)
  }
}
