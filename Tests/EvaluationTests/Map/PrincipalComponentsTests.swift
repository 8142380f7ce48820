import Tensors
import TestSupport
import Testing

@testable import Evaluation

@Suite struct PrincipalComponentsTests {
  /// Both ways of computing give the same, and what is left of the rows is at right angles to it.
  @Test func wideAndTallMatricesAgree() {
    let tall = peerInput(12, 5, 0.37, 1.3)  // [12, 5]
    // The same rows in 25 dimensions.
    let wide = Tensor.concatenation([tall, .zeros([12, 20], type: .float64)], along: 1)
    expectClose(tall.principalComponents(2), wide.principalComponents(2), relative: 1e-8, absolute: 1e-9, "components")
  }

  /// Points on a line in space lie on the line's own coordinate.
  @Test func aLineIsItsOwnComponent() {
    let positions = [-3.0, -1, 0, 1, 5]
    let rows = Tensor(positions.flatMap { [2 * $0 + 7, -$0, 2 * $0] }, shape: [5, 3])  // direction (2, −1, 2), norm 3
    let found = rows.principalComponents(2)
    let mean = 0.4
    for (i, position) in positions.enumerated() {
      #expect(abs(found[i].values(as: Double.self)[0] - 3 * (position - mean)) < 1e-9)
      #expect(abs(found[i].values(as: Double.self)[1]) < 1e-6)
    }
  }

  @Test func whatHasTooFewDimensionsIsZero() {
    #expect(Tensor([1.0, 2, 4], shape: [3, 1]).principalComponents(2).shape == [3, 2])
    #expect(Tensor([1.0, 2], shape: [1, 2]).principalComponents(2).values(as: Double.self) == [0, 0])
  }
}
