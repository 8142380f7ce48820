import Tensors
import Testing

@testable import Evaluation

@Suite struct LBFGSTests {
  private let optimizer = LBFGS(maximumIterations: 500, gradientTolerance: 1e-9)

  @Test func findsTheMinimumOfABadlyScaledQuadratic() {
    // ½Σ aᵢ(xᵢ − cᵢ)² with a over six decades.
    let scales = Tensor([1e-3, 0.1, 1, 30, 1000] as [Double])
    let centre = Tensor([5.0, -2, 0, 1, 0.25])
    var calls = 0
    let found = optimizer.minimum(from: .zeros([5], type: .float64)) { x in
      calls += 1
      return (((x - centre).squared() * scales).sum().item() / 2, (x - centre) * scales)
    }
    #expect((found - centre).magnitude().max().item() < 1e-5)
    #expect(calls < 100)
  }

  @Test func findsTheBottomOfRosenbrocksValley() {
    let found = optimizer.minimum(from: Tensor([-1.2, 1])) { place in
      let x = place.values(as: Double.self)
      let bend = x[1] - x[0] * x[0]
      let gradient = [-400 * x[0] * bend - 2 * (1 - x[0]), 200 * bend]
      return (100 * bend * bend + (1 - x[0]) * (1 - x[0]), Tensor(gradient))
    }
    #expect((found - 1).magnitude().max().item() < 1e-8)
  }

  @Test func staysAtAMinimum() {
    let found = optimizer.minimum(from: Tensor([3.0])) { x in (0, x - x) }
    #expect(found.item() == 3)
  }
}
