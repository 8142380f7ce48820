import Basics
import Testing

@testable import Evaluation

@Suite struct VerificationFoldsTests {
  /// Every fold by itself, thresholds tried one by one.
  @Test func everyPairIsToldByTheOthers() throws {
    var stream = RandomStream(seed: 5)
    let same = (0..<61).map { _ in stream.uniform() < 0.4 }
    let scores = same.map { ($0 ? 0.6 : 0) + stream.normal() }
    var (right, seen) = (0, [true: 0, false: 0])
    let fold = same.map { isSame in
      seen[isSame]! += 1
      return seen[isSame]! % 4
    }
    for number in 0..<4 {
      let others = same.indices.filter { fold[$0] != number }
      func hits(_ threshold: Double) -> Int { others.count { (scores[$0] >= threshold) == same[$0] } }
      let candidates = others.map { scores[$0] }.sorted(by: >)
      let best = candidates.map(hits).max()!
      let highest = candidates.first { hits($0) == best }!
      let next = candidates.first { $0 < highest } ?? -.infinity
      let threshold = (highest + next) / 2
      right += same.indices.count { fold[$0] == number && (scores[$0] >= threshold) == same[$0] }
    }
    let found = try Verification.crossValidatedAccuracy(scores: scores, same: same, folds: 4)
    #expect(found == Double(right) / 61)
  }

  @Test func closedForms() throws {
    let apart = try Verification.crossValidatedAccuracy(scores: [3, 1, 4, 0], same: [true, false, true, false])
    #expect(apart == 1)
    #expect(try Verification.crossValidatedAccuracy(scores: [3, 1, 0], same: [true, false, false]) == nil)
    #expect(throws: InputError.self) {
      try Verification.crossValidatedAccuracy(scores: [3, .nan, 4, 0], same: [true, false, true, false])
    }
  }
}
