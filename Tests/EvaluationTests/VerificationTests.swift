import Basics
import TestSupport
import Tensors
import Testing

@testable import Evaluation

@Suite struct VerificationTests {
  private static func pairs() throws -> (scores: [Double], same: [Bool], Goldens) {
    let goldens = try Goldens("partitions")
    let same = goldens["pairs.same"].values(as: Double.self).map { $0 == 1 }
    return (goldens["pairs.scores"].values(as: Double.self), same, goldens)
  }

  @Test func agreesWithScikitLearn() throws {
    let (scores, same, goldens) = try Self.pairs()
    let found = try Verification(scores: scores, same: same)
    let figures = [found.areaUnderCurve, found.averagePrecision, found.equalErrorRate]
    for (ours, theirs) in zip(figures, goldens["pairs.figures"].values(as: Double.self)) {
      #expect(abs(ours - theirs) < 1e-9, "\(figures)")
    }
    let rates = zip([0, 0.01, 0.1, 0.5, 1], goldens["pairs.acceptedAt"].values(as: Double.self))
    for (rate, theirs) in rates { #expect(abs(found.trueAcceptRate(atFalseAcceptRate: rate) - theirs) < 1e-12) }
  }

  @Test func theThresholdIsTheBestOfAll() throws {
    let (scores, same, _) = try Self.pairs()
    let found = try Verification(scores: scores, same: same)
    func right(_ threshold: Double) -> Double {
      Double(zip(scores, same).count { ($0 >= threshold) == $1 }) / Double(same.count)
    }
    for threshold in scores + scores.map({ $0 + 0.03 }) + [-.infinity, .infinity] {
      #expect(found.accuracy(at: threshold) == right(threshold))
      #expect(found.accuracy(at: found.bestThreshold) >= right(threshold))
    }
  }

  @Test func extremes() throws {
    let perfect = try Verification(scores: [0.9, 0.8, 0.2, 0.1], same: [true, true, false, false])
    #expect(perfect.areaUnderCurve == 1)
    #expect(perfect.equalErrorRate == 0)
    #expect(perfect.bestThreshold == 0.5)
    #expect(perfect.accuracy(at: 0.5) == 1)
    #expect(perfect.trueAcceptRate(atFalseAcceptRate: 0) == 1)
    // All scores alike: nothing can be told apart.
    let blind = try Verification(scores: [1, 1, 1, 1], same: [true, false, false, true])
    #expect(blind.areaUnderCurve == 0.5)
    #expect(blind.equalErrorRate == 0.5)
    #expect(blind.trueAcceptRate(atFalseAcceptRate: 0.9) == 0)
    let reversed = try Verification(scores: [0, 1], same: [true, false])
    #expect(reversed.areaUnderCurve == 0)
    #expect(reversed.equalErrorRate == 1)
    #expect(reversed.accuracy(at: reversed.bestThreshold) == 0.5)
  }

  @Test func refuses() {
    #expect { try Verification(scores: [1, .nan], same: [true, false]) } throws: {
      "\($0)" == "the score of pair 1 is not a number; look for what made it so in the embeddings"
    }
    #expect { try Verification(scores: [1, 2], same: [true, true]) } throws: {
      "\($0)".contains("got 2 of 2; add pairs of the other kind")
    }
    #expect(throws: InputError.self) { try Verification(scores: [], same: []) }
  }
}
