extension Verification {
  /// The share of pairs told right, each by a threshold that was chosen without it.
  ///
  /// Pairs are dealt into folds in turn, each kind by itself; those of a fold are told by the threshold that is best for
  /// all others. The protocol of Labeled Faces in the Wild, whose folds are given; where items are in several pairs, folds
  /// share items.
  ///
  /// Source: Huang, Ramesh, Berg, Learned-Miller. "Labeled Faces in the Wild." Technical report 07-49, University of
  /// Massachusetts, Amherst, 2007, section 4.
  ///
  /// - Returns: The share; nil where there are fewer than two pairs of either kind, so that one would be told by none.
  /// - Throws: `InputError` when a score is NaN.
  public static func crossValidatedAccuracy(
    scores: [Double], same: [Bool], folds: Int = 10
  ) throws -> Double? {
    precondition(folds > 1, "pairs are told by those of other folds, of which there are two or more, not \(folds)")
    precondition(scores.count == same.count, "\(scores.count) pairs need an answer each, got \(same.count)")
    var counts = (same: 0, different: 0)
    let fold = same.map { isSame -> Int in
      defer { if isSame { counts.same += 1 } else { counts.different += 1 } }
      return (isSame ? counts.same : counts.different) % folds
    }
    guard counts.same > 1, counts.different > 1 else { return nil }
    var right = 0
    for number in 0..<folds {
      let others = fold.indices.filter { fold[$0] != number }
      let threshold = try Verification(scores: others.map { scores[$0] }, same: others.map { same[$0] }).bestThreshold
      right += fold.indices.count { fold[$0] == number && (scores[$0] >= threshold) == same[$0] }
    }
    return Double(right) / Double(same.count)
  }
}
