import Foundation
import Optimizers
import Testing

@Suite struct MomentumScheduleTests {
  @Test func aConstantStays() {
    #expect([0, 7, 1000].map { MomentumSchedule.constant(0.999).decay(at: $0) } == [0.999, 0.999, 0.999])
  }

  /// The start, the middle between it and 1, and 1; a quarter and three quarters by cos π/4 = √½.
  @Test func aCosineRisesToOne() {
    let schedule = MomentumSchedule.cosine(start: 0.996, total: 100)
    let quarter = 0.5.squareRoot()
    let expected = [0: 0.996, 25: 1 - 0.002 * (1 + quarter), 50: 0.998, 75: 1 - 0.002 * (1 - quarter), 100: 1, 120: 1]
    for (step, decay) in expected { #expect(abs(schedule.decay(at: step) - decay) < 1e-12, "step \(step)") }
  }

  @Test func survivesJSON() throws {
    for schedule in [MomentumSchedule.constant(0.99), .cosine(start: 0.9, total: 5)] {
      #expect(try JSONDecoder().decode(MomentumSchedule.self, from: JSONEncoder().encode(schedule)) == schedule)
    }
  }
}
