extension Verification {
  /// What accepting all pairs that score at least as much as a threshold gives.
  public struct Decision: Hashable, Sendable, Codable {
    /// Halfway between the lowest score that is accepted and the highest that is not.
    public let threshold: Double

    /// How many same pairs and how many different ones are accepted, and how many there are of each.
    public let truePositives, falsePositives, same, different: Int

    /// The share of pairs told right.
    public var accuracy: Double {
      Double(truePositives + different - falsePositives) / Double(same + different)
    }

    /// The share of same pairs among those accepted; 0 where none is.
    public var precision: Double {
      truePositives == 0 ? 0 : Double(truePositives) / Double(truePositives + falsePositives)
    }

    /// The share of same pairs that are accepted.
    public var recall: Double { Double(truePositives) / Double(same) }

    /// The harmonic mean of precision and recall, 2·TP / (2·TP + FP + FN).
    public var f1: Double { 2 * Double(truePositives) / Double(truePositives + falsePositives + same) }

    /// The correlation of both kinds with both answers, from −1 to 1; 0 where all are answered alike:
    ///
    ///     (TP·TN − FP·FN) / √((TP + FP)·(TP + FN)·(TN + FP)·(TN + FN))
    ///
    /// Source: Matthews. "Comparison of the predicted and observed secondary structure of T4 phage lysozyme." Biochimica et
    /// Biophysica Acta 405, 1975.
    public var matthewsCorrelation: Double {
      let (tp, fp) = (Double(truePositives), Double(falsePositives))
      let (fn, tn) = (Double(same) - tp, Double(different) - fp)
      let square = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
      return square == 0 ? 0 : (tp * tn - fp * fn) / square.squareRoot()
    }
  }

  /// The decision that tells most pairs right; of equally good ones that of the highest threshold.
  public var mostAccurate: Decision { best(\.accuracy) }

  /// The decision of the highest F1; of equally good ones that of the highest threshold.
  public var bestF1: Decision { best(\.f1) }

  private func best(_ figure: (Decision) -> Double) -> Decision {
    var best = decision(at: 0)
    var highest = figure(best)
    for place in curve.indices.dropFirst() {
      let next = decision(at: place)
      let value = figure(next)
      if value > highest { (best, highest) = (next, value) }
    }
    return best
  }

  private func decision(at place: Int) -> Decision {
    Decision(
      threshold: threshold(at: place), truePositives: curve[place].truePositives,
      falsePositives: curve[place].falsePositives, same: same, different: different)
  }

  /// The number between the score of a place of the curve and the next lower one.
  func threshold(at place: Int) -> Double {
    let (low, high) = (place + 1 < curve.count ? curve[place + 1].threshold : -.infinity, curve[place].threshold)
    // Nothing above the highest score and nothing below the lowest one is known of.
    guard low.isFinite else { return high }
    guard high.isFinite else { return low.nextUp }
    let middle = low + (high - low) / 2
    return middle > low ? middle : high
  }
}
