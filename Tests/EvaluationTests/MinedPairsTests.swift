import TestSupport
import Tensors
import Testing

@testable import Evaluation

@Suite struct MinedPairsTests {
  /// All pairs of the goldens' rows, the most similar first.
  private static func mined(_ goldens: Goldens) -> [(score: Double, first: Int, second: Int)] {
    let unit = goldens["paraphrases.rows"].normalized()
    let n = unit.shape[0]
    let scores = unit.matrixProduct(unit.transposed()).values(as: Double.self)
    return (0..<n).flatMap { i in (i + 1..<n).map { (scores[i * n + $0], i, $0) } }.sorted { $0.score > $1.score }
  }

  @Test func agreesWithSentenceTransformers() throws {
    let goldens = try Goldens("text_evaluators")
    let together = goldens["paraphrases.pairs"].values(as: Int.self)
    let wanted = Set((0..<together.count / 2).map { [together[2 * $0], together[2 * $0 + 1]] })
    for most in [200, 10000] {
      let pairs = Self.mined(goldens).prefix(most)
      let found = MinedPairs(
        scores: pairs.map(\.score), right: pairs.map { wanted.contains([$0.first, $0.second]) }, total: wanted.count)
      let ours = [found.averagePrecision, found.f1, found.precision, found.recall, found.threshold]
      for (figure, theirs) in zip(ours, goldens["paraphrases.figures\(most)"].values(as: Double.self)) {
        #expect(abs(figure - theirs) < 1e-8, "\(most): \(ours)")
      }
    }
  }

  /// By hand: accepted are one, then three at once, then five.
  @Test func equallySimilarPairsAreAcceptedTogether() {
    let found = MinedPairs(
      scores: [0.9, 0.7, 0.7, 0.6, 0.5], right: [true, false, true, false, true], total: 4)
    // Precision 1, 2/3 and 3/5 where the first, second and third are found; the fourth never is.
    #expect(abs(found.averagePrecision - (1 + 2.0 / 3 + 3.0 / 5) / 4) < 1e-15)
    // F1: 2/5, 4/7, 6/9.
    #expect(found.f1 == 6.0 / 9 && found.precision == 0.6 && found.recall == 0.75 && found.threshold == 0.5)
    let none = MinedPairs(scores: [0.9], right: [false], total: 2)
    #expect(none.averagePrecision == 0 && none.f1 == 0)
  }

  @Test func weightsAreAsIfPairsCameAgain() {
    let (scores, right, weights) = ([0.9, 0.8, 0.7, 0.6], [true, false, true, true], [2, 0, 3, 1])
    let repeated = zip(scores.indices, weights).flatMap { Array(repeating: $0, count: $1) }
    let weighted = MinedPairs(scores: scores, right: right, weights: weights, total: 7)
    let plain = MinedPairs(scores: repeated.map { scores[$0] }, right: repeated.map { right[$0] }, total: 7)
    #expect(weighted.averagePrecision == plain.averagePrecision && weighted.f1 == plain.f1)
  }
}
