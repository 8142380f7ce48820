import Basics
import Testing

@testable import Kindred

/// Intervals of verification, whose pairs share items.
@Suite struct VerificationIntervalTests {
  // Items have a quality of their own, which all of their pairs share: the figure moves from sample to sample by far more
  // than pairs that were drawn one by one would say. Over samples the intervals are as wide as the figure spreads.
  @Test func areAsWideAsTheFigureSpreads() throws {
    let (items, trials) = (40, 40)
    let labels = (0..<items).map { $0 % 4 }
    var (areas, widths, naive) = ([Double](), 0.0, 0.0)
    for trial in 0..<trials {
      var stream = RandomStream(seed: 17, trial)
      let quality = (0..<items).map { _ in stream.normal() }
      let pairs = try LabelledPairs(labels, each: 200, seed: UInt64(trial))
      let scores = pairs.same.indices.map { i in
        quality[pairs.first[i]] + quality[pairs.second[i]] + (pairs.same[i] ? 1.5 : 0) + 0.3 * stream.normal()
      }
      let area = try #require(
        try VerificationMeasurement.figures(
          of: pairs, scores, among: items, at: 0.75, resamples: 60)[1])
      areas.append(area.value)
      let interval = try #require(area.interval)
      #expect(interval.contains(area.value))
      widths += (interval.upperBound - interval.lowerBound) / Double(trials)
      let drawn = Bootstrap(resamples: 60).intervals(of: 400, around: [area.value], within: 0...1) { drawn in
        (try? Verification(scores: drawn.map { scores[$0] }, same: drawn.map { pairs.same[$0] })).map {
          [$0.areaUnderCurve]
        }
      }[0]!
      naive += (drawn.upperBound - drawn.lowerBound) / Double(trials)
    }
    let mean = areas.reduce(0, +) / Double(trials)
    let spread = (areas.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(trials - 1)).squareRoot()
    // The width of 95 % is 3.92 deviations; a deviation of 40 samples is good for 11 % of itself.
    #expect((0.75...1.5).contains(widths / (3.92 * spread)), "\(widths) of \(3.92 * spread)")
    #expect(naive < 0.8 * widths, "\(naive) of \(widths)")
  }
}
