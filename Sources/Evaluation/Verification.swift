import Basics

/// Verification: telling pairs that belong together from pairs that do not, by one score each.
///
/// Every figure follows from how the scores of same and different pairs are ordered. Pairs of equal score cannot be told
/// apart: they are accepted or refused together.
public struct Verification: Hashable, Sendable, Codable {
  /// The chance that a same pair scores higher than a different one, half of it where they are equal: the area under
  /// the curve of true against false acceptances.
  public let areaUnderCurve: Double

  /// Σ (recallᵢ − recallᵢ₋₁)·precisionᵢ over the descending distinct scores: scikit-learn's average precision.
  public let averagePrecision: Double

  /// The rate at which as many different pairs are accepted as same pairs are refused, in proportion; between two
  /// thresholds on the straight line that joins them.
  public let equalErrorRate: Double

  /// The number of same and of different pairs, each as often as it counts.
  public let same: Int, different: Int

  let curve: [Point]

  /// What a threshold accepts: all pairs that score at least as much.
  struct Point: Hashable, Sendable, Codable {
    let threshold: Double
    let truePositives: Int
    let falsePositives: Int
  }

  /// Orders pairs by their scores.
  ///
  /// - Parameters:
  ///   - scores: A number a pair, the higher the more alike: a cosine, or a distance with its sign changed.
  ///   - same: Whether the pair belongs together.
  ///   - weights: How often to count each pair; once unless told.
  /// - Throws: `InputError` when a score is NaN, or when there are not both kinds of pairs.
  public init(scores: [Double], same: [Bool], weights: [Int]? = nil) throws {
    precondition(scores.count == same.count, "\(scores.count) pairs need an answer each, got \(same.count)")
    if let pair = scores.firstIndex(where: \.isNaN) {
      throw InputError(
        "the score of pair \(pair) is not a number", remedy: "look for what made it so in the embeddings")
    }
    let weights = weights ?? [Int](repeating: 1, count: same.count)
    precondition(
      weights.count == same.count && weights.allSatisfy { $0 >= 0 }, "every pair needs a weight, none below zero")
    let (count, positives) = zip(same, weights).reduce(into: (0, 0)) { sums, pair in
      sums.0 += pair.1
      if pair.0 { sums.1 += pair.1 }
    }
    guard positives > 0, positives < count else {
      throw InputError(
        "verification takes pairs that belong together and pairs that do not; got \(positives) of \(count)",
        remedy: "add pairs of the other kind")
    }
    var curve = [Point(threshold: .infinity, truePositives: 0, falsePositives: 0)]
    var (hits, misses) = (0, 0)
    let order = scores.indices.filter { weights[$0] > 0 }.sorted { scores[$0] > scores[$1] }
    for (place, pair) in order.enumerated() {
      if same[pair] { hits += weights[pair] } else { misses += weights[pair] }
      if place + 1 == order.count || scores[order[place + 1]] < scores[pair] {
        curve.append(Point(threshold: scores[pair], truePositives: hits, falsePositives: misses))
      }
    }
    self.curve = curve
    self.same = positives
    different = count - positives
    let steps = Array(zip(curve, curve.dropFirst()))
    let (p, n) = (Double(positives), Double(different))
    areaUnderCurve =
      steps.reduce(0) { sum, step in
        sum + Double(step.1.falsePositives - step.0.falsePositives)
          * Double(step.0.truePositives + step.1.truePositives) / 2
      } / (p * n)
    averagePrecision = steps.reduce(0) { sum, step in
      let accepted = Double(step.1.truePositives + step.1.falsePositives)
      return sum + Double(step.1.truePositives - step.0.truePositives) / p * Double(step.1.truePositives) / accepted
    }
    equalErrorRate = Self.equalErrorRate(
      curve.map { (Double($0.falsePositives) / n, 1 - Double($0.truePositives) / p) })
  }

  /// Where falsely accepted and falsely refused, along the curve, are equal.
  private static func equalErrorRate(_ errors: [(accepted: Double, refused: Double)]) -> Double {
    let after = errors.firstIndex { $0.accepted >= $0.refused }!  // the last accepts all and refuses none
    guard after > 0 else { return errors[0].accepted }
    let (low, high) = (errors[after - 1], errors[after])
    let (before, behind) = (low.refused - low.accepted, high.accepted - high.refused)
    return low.accepted + (high.accepted - low.accepted) * before / (before + behind)
  }

  /// TAR at a FAR: the largest share of same pairs that is accepted while no more than a given share of different ones
  /// is.
  public func trueAcceptRate(atFalseAcceptRate rate: Double) -> Double {
    precondition(0...1 ~= rate, "a rate lies between 0 and 1, not at \(rate)")
    let most = rate * Double(different) * (1 + 1e-12)
    return Double(curve.last { Double($0.falsePositives) <= most }!.truePositives) / Double(same)
  }

  /// The score between both kinds of pairs that tells most of them right, halfway to the next lower one; of equally good
  /// ones the highest. Choose it on pairs that `accuracy(at:)` is not measured on.
  public var bestThreshold: Double { mostAccurate.threshold }

  /// The share of pairs told right by accepting those that score at least as much as a threshold.
  public func accuracy(at threshold: Double) -> Double {
    let point = curve.last { $0.threshold >= threshold }!
    return Double(point.truePositives + different - point.falsePositives) / Double(same + different)
  }
}
