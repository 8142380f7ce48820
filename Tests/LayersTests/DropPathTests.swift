import Layers
import Tensors
import Testing

@Suite struct DropPathTests {
  /// An example's branch is left out as a whole or scaled by 1/(1 − p) as a whole; how many lies within five standard
  /// deviations of p·n.
  @Test(arguments: [0.1, 0.5]) func dropsWholeExamples(probability: Double) {
    let count = 4000
    let y = DropPath(probability)(.ones([count, 2, 3]), .training(RandomSource(seed: 5))).values(as: Double.self)
    let examples = (0..<count).map { Set(y[(6 * $0)..<(6 * $0 + 6)]) }
    #expect(examples.allSatisfy { $0.count == 1 })
    let values = examples.map { $0.first! }
    #expect(values.allSatisfy { $0 == 0 || abs($0 * (1 - probability) - 1) < 1e-6 })
    let dropped = Double(values.count { $0 == 0 })
    let deviation = (Double(count) * probability * (1 - probability)).squareRoot()
    #expect(abs(dropped - probability * Double(count)) < 5 * deviation)
  }

  @Test func evaluationAndZeroChangeNothing() {
    let x = Tensor.ones([4, 2])
    #expect(DropPath(0.5)(x, .evaluation).isSame(as: x))
    #expect(DropPath(0)(x, .training(RandomSource(seed: 5))).isSame(as: x))
  }

  @Test func probabilitiesRiseEvenly() {
    #expect(DropPath.rising(to: 0.5, over: 3).map(\.probability) == [0, 0.25, 0.5])
    #expect(DropPath.rising(to: 0.5, over: 1).map(\.probability) == [0.5])
    #expect(DropPath.rising(to: 0, over: 2).map(\.probability) == [0, 0])
  }
}
