import TestSupport
import Tensors
import Testing

@Suite struct RandomnessTests {
  @Test func sameNameGivesTheSameNumbers() {
    let a = Tensor.normal([100], from: RandomSource(seed: 1, 2, 3)).values(as: Float.self)
    let b = Tensor.normal([100], from: RandomSource(seed: 1, 2, 3)).values(as: Float.self)
    let c = Tensor.normal([100], from: RandomSource(seed: 1, 3, 2)).values(as: Float.self)
    #expect(a == b)
    #expect(a != c)
  }

  @Test func distributionsHaveTheirMoments() {
    let source = RandomSource(seed: 5)
    let normal = Tensor.normal([100_000], type: .float64, from: source)
    #expect(abs(normal.mean().item()) < 0.02)
    #expect(abs(normal.variance().item() - 1) < 0.03)
    let uniform = Tensor.uniform([100_000], type: .float64, from: source)
    #expect(abs(uniform.mean().item() - 0.5) < 0.005)
    let flips = Tensor.zeros([100_000]).coinFlips(0.3, from: source)
    #expect(abs(flips.mean().item() - 0.3) < 0.01)
  }
}
