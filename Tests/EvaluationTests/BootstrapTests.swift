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

  // McNemar's exact test: of the pairs that only one of both gets right, half are expected on each side.
  @Test(arguments: [(9, 2), (5, 5), (0, 6), (14, 6), (1, 0)])
  func ofRightAndWrongItIsTheTestOfMcNemar(onlyFirst: Int, onlySecond: Int) {
    let n = onlyFirst + onlySecond
    func choose(_ k: Int) -> Double { (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) } }
    let distance = abs(onlyFirst - onlySecond)
    let exact = (0...n).filter { abs(2 * $0 - n) >= distance }.reduce(0) { $0 + choose($1) } / Double(1 << n)
    let first = [Double](repeating: 1, count: 20 + onlyFirst) + [Double](repeating: 0, count: 7 + onlySecond)
    let second =
      [Double](repeating: 1, count: 20) + [Double](repeating: 0, count: onlyFirst + 7)
      + [Double](repeating: 1, count: onlySecond)
    let test = Bootstrap(resamples: 20000).compare(first, second)
    #expect(abs(test.pValue - exact) < 0.012, "\(test.pValue), exactly \(exact)")
  }

  // Two models that are equally good on items of different difficulty: p is below any bar as often as the bar says, and
  // the interval of the difference holds nought. Paired they differ little, though each figure for itself is uncertain.
  @Test func underTheNullHypothesisEveryPIsAsLikely() {
    var stream = RandomStream(seed: 21)
    var (small, below, held, sum) = (0, 0, 0, 0.0)
    let trials = 400
    for trial in 0..<trials {
      let difficulty = (0..<50).map { _ in 3 * stream.normal() }
      let first = difficulty.map { $0 + stream.normal() }, second = difficulty.map { $0 + stream.normal() }
      let test = Bootstrap(resamples: 199, seed: UInt64(trial)).compare(first, second)
      small += test.pValue <= 0.05 ? 1 : 0
      below += test.pValue <= 0.5 ? 1 : 0
      held += test.interval.contains(0) ? 1 : 0
      sum += test.pValue
    }
    // Three standard errors of 400 trials: 0.05 ± 0.033, 0.5 ± 0.075, and of a uniform mean 0.5 ± 0.043.
    #expect((7...33).contains(small), "\(small) of 400 below 0.05")
    #expect((170...230).contains(below), "\(below) of 400 below 0.5")
    #expect((361...396).contains(held), "\(held) of 400 intervals hold nought")
    #expect(abs(sum / Double(trials) - 0.5) < 0.043, "mean \(sum / Double(trials))")
  }

  // A difference of 0.4 standard deviations of the pairs, on 50 items: z = 2.8, which a test at 0.05 sees in 80 % of
  // cases, one without pairs almost never.
  @Test func aKnownDifferenceIsFound() {
    var stream = RandomStream(seed: 22)
    var (found, held) = (0, 0)
    for trial in 0..<300 {
      let difficulty = (0..<50).map { _ in 3 * stream.normal() }
      let noise = 0.5.squareRoot()
      let better = difficulty.map { $0 + 0.4 + noise * stream.normal() }
      let other = difficulty.map { $0 + noise * stream.normal() }
      let test = Bootstrap(resamples: 199, seed: UInt64(trial)).compare(better, other)
      found += test.pValue <= 0.05 ? 1 : 0
      held += test.interval.contains(0.4) ? 1 : 0
    }
    #expect((219...261).contains(found), "found \(found) of 300")
    #expect((268...297).contains(held), "held \(held) of 300")
  }

  // The chance that the median of n draws is at most the i-th of n values is that of a binomial of n, i/n.
  @Test func theIntervalOfAMedian() {
    let values = (1...101).map { Double(($0 * 37) % 101) }  // every number from 0 to 100, in disorder
    func atMost(_ i: Int) -> Double {  // P(median ≤ i) = P(51 or more draws of the i + 1 lowest)
      let p = Double(i + 1) / 101
      var (sum, term) = (0.0, (0..<101).reduce(1.0) { power, _ in power * (1 - p) })
      for k in 0...101 {
        if k >= 51 { sum += term }
        term *= Double(101 - k) / Double(k + 1) * p / (1 - p)
      }
      return sum
    }
    let interval = Bootstrap(resamples: 4000).interval(ofMedian: values)
    let (low, high) = (Int(interval.lowerBound), Int(interval.upperBound))
    #expect(atMost(low) > 0.015 && atMost(low - 1) < 0.035)
    #expect(atMost(high) > 0.965 && atMost(high - 1) < 0.985)
    #expect(Bootstrap().interval(ofMedian: [3]) == 3...3)
    // Drawn by hand, from values in order as they are drawn from inside.
    let same = Bootstrap().interval(of: 101) { drawn in drawn.map(Double.init).sorted()[50] }
    #expect(same == Bootstrap().interval(ofMedian: values))
    let even = values.prefix(20).sorted()
    let middle = Bootstrap().interval(of: 20) { drawn in
      let sorted = drawn.map { even[$0] }.sorted()
      return (sorted[9] + sorted[10]) / 2
    }
    #expect(middle == Bootstrap().interval(ofMedian: even))
  }
}
