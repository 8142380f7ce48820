import Layers
import Tensors
import TestSupport
import Testing

@Suite struct DropoutTests {
  private let count = 40_000

  /// The share of dropped elements lies within five standard deviations, √(p(1 − p)/n), of p; the others are 1/(1 − p).
  @Test(arguments: [0.1, 0.5, 0.9]) func dropsTheShareAndScalesTheRest(probability: Double) {
    let y = Dropout(probability)(Tensor.ones([count]), .training(RandomSource(seed: 5)))
    let values = y.values(as: Double.self)
    let dropped = Double(values.count { $0 == 0 }) / Double(count)
    #expect(abs(dropped - probability) < 5 * (probability * (1 - probability) / Double(count)).squareRoot())
    #expect(values.allSatisfy { $0 == 0 || abs($0 * (1 - probability) - 1) < 1e-6 })
  }

  @Test func theGradientIsTheMask() throws {
    let x = Tensor.full([100], 3).asVariable()
    let y = Dropout(0.5)(x, .training(RandomSource(seed: 5)))
    let gradient = try #require(y.sum().gradients(of: [x])[0])
    #expect(gradient.values(as: Float.self) == (y / 3).values(as: Float.self))
  }

  @Test func evaluationAndZeroChangeNothing() {
    let x = Tensor.ones([10])
    #expect(Dropout(0.5)(x, .evaluation).isSame(as: x))
    #expect(Dropout(0)(x, .training(RandomSource(seed: 5))).isSame(as: x))
  }

  @Test func theSameSourceDropsTheSame() {
    func dropped(_ seed: UInt64) -> [Float] {
      Dropout(0.5)(Tensor.ones([64]), .training(RandomSource(seed: seed))).values(as: Float.self)
    }
    #expect(dropped(1) == dropped(1))
    #expect(dropped(1) != dropped(2))
  }

  @Test func oneMaskIsNotTheNext() {
    let source = RandomSource(seed: 7)
    let dropout = Dropout(0.5)
    let first = dropout(Tensor.ones([64]), .training(source)).values(as: Float.self)
    #expect(first != dropout(Tensor.ones([64]), .training(source)).values(as: Float.self))
  }
}
