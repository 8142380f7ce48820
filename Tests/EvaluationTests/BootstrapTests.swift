import Basics
import Testing

@testable import Evaluation

@Suite struct BootstrapTests {
  @Test func theIntervalOfAMeanIsThatOfTheNormalDistribution() {
    var stream = RandomStream(seed: 5)
    let values = (0..<400).map { _ in 3 + 2 * stream.normal() }
    let mean = values.reduce(0, +) / 400
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 400).squareRoot()
    let interval = Bootstrap(resamples: 4000).interval(ofMean: values)
    // ±1.96 standard errors; a quantile of 4,000 resamples is good for some percent of them.
    let error = deviation / 20
    #expect(abs(interval.lowerBound - (mean - 1.96 * error)) < 0.15 * error)
    #expect(abs(interval.upperBound - (mean + 1.96 * error)) < 0.15 * error)
    #expect(interval == Bootstrap(resamples: 4000).interval(ofMean: values))
    let general = Bootstrap(resamples: 4000).interval(of: 400) { $0.reduce(0) { $0 + values[$1] } / 400 }
    #expect(abs(general.lowerBound - interval.lowerBound) < 1e-12)
  }

  // Over many samples of coin flips the interval holds the truth about as often as it says.
  @Test func coverage() {
    var stream = RandomStream(seed: 11)
    let held = (0..<300).count { trial in
      let values = (0..<80).map { _ in stream.chance(0.3) ? 1.0 : 0 }
      return Bootstrap(resamples: 200, level: 0.9, seed: UInt64(trial)).interval(ofMean: values).contains(0.3)
    }
    #expect((240...295).contains(held), "\(held) of 300")
  }

  @Test func pairs() {
    var stream = RandomStream(seed: 2)
    let base = (0..<60).map { _ in stream.uniform() }
    let better = base.map { $0 + 0.1 + 0.2 * stream.normal() }
    let clear = Bootstrap().compare(better, base)
    #expect(clear.pValue < 0.01)
    #expect(clear.interval.lowerBound > 0)
    let same = Bootstrap().compare(base, base)
    #expect(same.difference == 0)
    #expect(same.pValue == 1)
    #expect(same.interval == 0...0)
    #expect(Bootstrap().compare(base, better).pValue == clear.pValue)
  }

  // Of all 2⁵ signs of five differences, how many give a mean as far from 0.
  @Test func pValueIsTheExactOne() {
    let differences = [0.5, 0.3, -0.1, 0.8, 0.2]
    let bar = abs(differences.reduce(0, +)) - 1e-12
    let extreme = (0..<32).count { signs in
      abs(differences.indices.reduce(0.0) { $0 + (signs >> $1 & 1 == 0 ? differences[$1] : -differences[$1]) }) >= bar
    }
    let test = Bootstrap(resamples: 20000).compare(differences, [0, 0, 0, 0, 0])
    #expect(abs(test.pValue - Double(extreme) / 32) < 0.01)
  }
}
