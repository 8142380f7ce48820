import Basics
import Testing

@Suite struct MathematicsTests {
  @Test func functionsHaveTheirKnownValues() {
    #expect(Double.log(1) == 0 && Double.exp(0) == 1)
    #expect(abs(Double.sin(.pi / 6) - 0.5) < 1e-15 && abs(Double.cos(.pi / 3) - 0.5) < 1e-15)
    #expect(abs(Double.tan(.pi / 4) - 1) < 1e-15 && abs(Double.tan(.pi / 3) - 3.0.squareRoot()) < 1e-15)
  }
}
