import Optimizers
import Testing

@Suite struct RateTests {
  @Test func warmUpThenCosine() {
    let schedule = RateSchedule.cosine(peak: 0.8, end: 0.2, warmUp: 4, total: 14)
    let rates = (0..<16).map(schedule.rate)
    #expect(zip(rates[..<5], [0.2, 0.4, 0.6, 0.8, 0.8]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(abs(rates[9] - 0.5) < 1e-12)  // half way between peak and end
    // cos 36° = (1 + √5)/4, two tenths of the way down.
    #expect(abs(rates[6] - (0.2 + 0.6 * (1 + (1 + 5.0.squareRoot()) / 4) / 2)) < 1e-12)
    #expect(rates[14] == 0.2 && rates[15] == 0.2)
    #expect((4..<14).allSatisfy { rates[$0] > rates[$0 + 1] })
  }

  @Test func withoutWarmUpItBeginsAtThePeak() {
    #expect(RateSchedule.cosine(peak: 1, end: 0, warmUp: 0, total: 10).rate(at: 0) == 1)
    #expect(RateSchedule.constant(0.3).rate(at: 1000) == 0.3)
  }

  @Test func aConstantRateRisesAsACosineDoes() {
    let schedule = RateSchedule.constant(0.8, warmUp: 4)
    #expect(zip((0..<6).map(schedule.rate), [0.2, 0.4, 0.6, 0.8, 0.8, 0.8]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func batchScalingSaysWhatItDid() {
    let linear = BatchScaling.linear.applied(to: 0.3, batchSize: 512)
    #expect(abs(linear.rate - 0.6) < 1e-12)
    #expect(linear.sentence == "learning rate 0.3 × 512 / 256 = 0.6, the linear rule")
    let root = BatchScaling.squareRoot.applied(to: 0.075, batchSize: 4096)
    #expect(abs(root.rate - 4.8) < 1e-12)
    #expect(root.sentence == "learning rate 0.075 × √4096 = 4.8, the square-root rule")
    #expect(BatchScaling.none.applied(to: 0.1, batchSize: 7).rate == 0.1)
    #expect(BatchScaling.linear.applied(to: 3e-5, batchSize: 128).sentence.contains("1.5e-05"))
  }
}
