import Testing

@testable import Evaluation

@Suite struct SeedIntervalTests {
  /// Three runs by hand: mean 2, s = 1, t = 4.3027, so ± 4.3027/√3.
  @Test func isStudentsInterval() throws {
    let runs = SeedInterval([1, 2, 3])
    let interval = try #require(runs.interval)
    #expect(runs.mean == 2)
    #expect(abs(interval.upperBound - (2 + 4.3027 / 3.0.squareRoot())) < 1e-9)
    #expect(abs(interval.lowerBound - (2 - 4.3027 / 3.0.squareRoot())) < 1e-9)
  }

  @Test func aSingleRunHasNone() {
    #expect(SeedInterval([0.5]).interval == nil && SeedInterval([0.5]).mean == 0.5)
    #expect(SeedInterval([0.5, 0.5]).interval == 0.5...0.5)
  }

  /// The points of Student's distribution as tables have them.
  @Test(arguments: [
    (1, 12.706), (2, 4.303), (10, 2.228), (11, 2.201), (15, 2.131), (20, 2.086), (30, 2.042), (120, 1.980),
  ])
  func quantilesAreThoseOfTables(degrees: Int, expected: Double) {
    #expect(abs(SeedInterval.quantile(degrees) - expected) < 0.001)
  }
}
