import Optimizers
import TestSupport
import Tensors
import Testing

@Suite struct ExponentialMovingAverageTests {
  @Test func averagesFollowTheirWeights() {
    let weight = Tensor([1, 2] as [Double])
    let count = Tensor([5])
    let average = ExponentialMovingAverage(of: [weight, count])
    weight.assign(Tensor([3, 0] as [Double]))
    count.assign(Tensor([6]))
    expectClose(average.averages[0], [1, 2], "a copy does not move by itself")
    average.update(towards: [weight, count], decay: 0.9)
    expectClose(average.averages[0], [1.2, 1.8])
    expectClose(average.averages[1], [6])
    average.update(towards: [weight, count], decay: 0.9)
    expectClose(average.averages[0], [1.38, 1.62])
  }

  /// Averages may be tensors that others hold: they begin with their own values and change in place.
  @Test func averagesMayBeKeptElsewhere() {
    let kept = Tensor([4] as [Double])
    let average = ExponentialMovingAverage(keptIn: [kept])
    average.update(towards: [Tensor([0] as [Double])], decay: 0.75)
    expectClose(kept, [3])
  }
}
