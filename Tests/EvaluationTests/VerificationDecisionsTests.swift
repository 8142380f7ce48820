import Basics
import TestSupport
import Tensors
import Testing

@testable import Evaluation

/// Decisions about pairs, and similarities of pairs, against sentence-transformers' evaluators.
@Suite struct VerificationDecisionsTests {
  @Test func agreesWithSentenceTransformers() throws {
    let goldens = try Goldens("text_evaluators")
    let same = goldens["pairs.same"].values(as: Double.self).map { $0 == 1 }
    let expected = goldens["classification"].values(as: Double.self)
    for (place, similarity) in PairScores.allCases.enumerated() {
      let found = try Verification(scores: similarity(goldens["pairs.first"], goldens["pairs.second"]), same: same)
      let (accurate, best) = (found.mostAccurate, found.bestF1)
      let sign: Double = similarity.isDistance ? -1 : 1
      let ours = [
        accurate.accuracy, sign * accurate.threshold, best.f1, sign * best.threshold, best.precision, best.recall,
        found.averagePrecision, best.matthewsCorrelation,
      ]
      for (figure, theirs) in zip(ours, expected[place * 8..<place * 8 + 8]) {
        #expect(abs(figure - theirs) < 1e-8 * max(1, abs(theirs)), "\(similarity): \(ours)")
      }
    }
  }

  @Test func correlationsAreThoseOfSentenceTransformers() throws {
    let goldens = try Goldens("text_evaluators")
    let found = try PairSimilarity(
      goldens["pairs.first"], goldens["pairs.second"], scores: goldens["pairs.grades"].values(as: Double.self))
    let ours = [found.cosine, found.dot, found.euclidean, found.manhattan].flatMap { [$0.pearson, $0.spearman] }
    for (figure, theirs) in zip(ours, goldens["similarity"].values(as: Double.self)) {
      #expect(abs(figure - theirs) < 1e-8, "\(ours)")
    }
  }

  /// Every threshold there is, tried.
  @Test func nothingIsBetterThanTheBest() throws {
    var stream = RandomStream(seed: 3)
    for trial in 0..<20 {
      let count = 4 + trial
      // Few different scores, so that many are equal.
      let scores = (0..<count).map { _ in Double(stream.integer(below: 5)) / 4 }
      let same = (0..<count).map { $0 < 2 ? $0 == 0 : stream.integer(below: 2) == 0 }
      let found = try Verification(scores: scores, same: same)
      for threshold in [-1, 0.1, 0.3, 0.6, 0.9, 2] {
        let accepted = scores.map { $0 >= threshold }
        let hits = Double(zip(accepted, same).count { $0 && $1 })
        let f1 = 2 * hits / (Double(accepted.count { $0 }) + Double(same.count { $0 }))
        #expect(found.bestF1.f1 >= f1 - 1e-15)
        #expect(found.mostAccurate.accuracy >= Double(zip(accepted, same).count { $0 == $1 }) / Double(count) - 1e-15)
      }
      // The decision is what its threshold gives.
      for decision in [found.bestF1, found.mostAccurate] {
        #expect(decision.accuracy == found.accuracy(at: decision.threshold))
        let accepted = zip(scores, same).filter { $0.0 >= decision.threshold }
        #expect(
          decision.truePositives == accepted.count { $0.1 } && decision.falsePositives == accepted.count { !$0.1 })
        // Matthews' correlation is Pearson's of two lists of 0 and 1.
        let pearson = Correlation.pearson(
          scores.map { $0 >= decision.threshold ? 1 : 0 }, same.map { $0 ? 1 : 0 })
        #expect(pearson.isNaN ? decision.matthewsCorrelation == 0 : abs(pearson - decision.matthewsCorrelation) < 1e-12)
      }
    }
  }

  /// Drawn pairs are as if each stood in the lists as often.
  @Test func drawnCorrelationsAreThoseOfRepeatedPairs() {
    var stream = RandomStream(seed: 4)
    let a = (0..<30).map { _ in Double(stream.integer(below: 7)) }
    let b = a.map { $0 + 3 * stream.normal() }
    let drawn = DrawnSimilarity(a, b)
    for _ in 0..<10 {
      let times = (0..<30).map { _ in stream.integer(below: 3) }
      func repeated(_ values: [Double]) -> [Double] { zip(values, times).flatMap { Array(repeating: $0, count: $1) } }
      let (x, y) = (repeated(a), repeated(b))
      let figures = drawn.figures(times: times)
      #expect(abs(figures.pearson - Correlation.pearson(x, y)) < 1e-12)
      #expect(abs(figures.spearman - Correlation.spearman(x, y)) < 1e-12)
    }
  }
}
