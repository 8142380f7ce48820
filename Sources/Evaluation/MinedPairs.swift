/// How well the most similar pairs of a corpus are those that belong together: the figures of paraphrase mining.
///
/// Pairs are accepted from the most similar on; equally similar ones together. Of those that belong together some may not be
/// among the pairs that were looked at, and are never found.
public struct MinedPairs: Hashable, Sendable, Codable {
  /// Σ (recallᵢ − recallᵢ₋₁)·precisionᵢ over the descending distinct similarities.
  public let averagePrecision: Double

  /// The highest F1 of any threshold, and what it accepts: precision and recall; of equally good ones that of the highest.
  public let f1, precision, recall: Double

  /// The number halfway between the last similarity that is accepted there and the next.
  public let threshold: Double

  /// Sums up pairs.
  ///
  /// - Parameters:
  ///   - scores: The similarities, the highest first.
  ///   - right: Whether each pair belongs together.
  ///   - weights: How often each pair counts; once unless told.
  ///   - total: How many pairs belong together, each as often as it counts; above 0.
  public init(scores: [Double], right: [Bool], weights: [Int]? = nil, total: Int) {
    precondition(scores.count == right.count, "\(scores.count) pairs need an answer each, got \(right.count)")
    precondition(total > 0, "something belongs together")
    var (accepted, hits, hitsBefore) = (0, 0, 0)
    var (average, best) = (0.0, (f1: 0.0, precision: 0.0, recall: 0.0, threshold: 0.0))
    for place in scores.indices {
      let weight = weights?[place] ?? 1
      accepted += weight
      if right[place] { hits += weight }
      if place + 1 < scores.count, scores[place + 1] == scores[place] { continue }
      guard hits > hitsBefore else { continue }
      let (precision, recall) = (Double(hits) / Double(accepted), Double(hits) / Double(total))
      average += precision * Double(hits - hitsBefore)
      hitsBefore = hits
      let f1 = 2 * Double(hits) / Double(accepted + total)
      if f1 > best.f1 {
        best = (f1, precision, recall, (scores[place] + scores[min(place + 1, scores.count - 1)]) / 2)
      }
    }
    averagePrecision = average / Double(total)
    (f1, precision, recall, threshold) = best
  }
}
