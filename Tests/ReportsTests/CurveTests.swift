import Testing

@testable import Reports

@Suite struct CurveTests {
  @Test func repeatedValuesAreKeptOnce() {
    let curve = Curve(name: "knn", points: [(1, 0.5), (2, 0.5), (3, 0.5), (4, 0.75), (5, 0.75), (6, 0.75)])
    #expect(curve.steps == [1, 4, 6])
    #expect(curve.values == [0.5, 0.75, 0.75])
  }

  @Test func whatIsNoFiniteNumberIsAGap() {
    let curve = Curve(name: "loss", points: [(1, 2), (2, .nan), (3, .infinity), (4, 1)])
    #expect(curve.steps == [1, 2, 3, 4])
    #expect(curve.values == [2, nil, nil, 1])
  }

  @Test func noPointsAreNoPoints() {
    #expect(Curve(name: "loss", points: []).steps.isEmpty)
  }

  @Test func ofManyPointsTheEndsAndPeaksAreKept() {
    // A line with two peaks, each a single point among a hundred thousand.
    var points = (0..<100_000).map { (step: $0, value: Double($0) / 100_000) }
    points[12_345].value = 50
    points[77_777].value = -50
    points[50_000].value = .nan
    let curve = Curve(name: "loss", points: points, atMost: 300)
    #expect(curve.steps.count <= 300 && curve.steps.count > 250)
    #expect(curve.steps.first == 0 && curve.steps.last == 99_999)
    #expect(zip(curve.steps, curve.steps.dropFirst()).allSatisfy { $0 < $1 })
    #expect(curve.values.contains(50) && curve.values.contains(-50))
    // What is kept was there.
    #expect(zip(curve.steps, curve.values).allSatisfy { points[$0].value == $1 })
  }

  @Test func stretchesWithoutAFiniteValueStayGaps() {
    let points = (0..<1000).map { (step: $0, value: $0 / 100 == 4 ? Double.nan : Double($0)) }
    let curve = Curve(name: "loss", points: points, atMost: 40)
    #expect(curve.steps.count <= 40 && curve.values.contains(nil))
  }
}
