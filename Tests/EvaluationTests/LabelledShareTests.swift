import Testing

@testable import Evaluation

@Suite struct LabelledShareTests {
  /// 250 items of class 0, 60 of class 2, 3 of class 5, and every seventh without a class.
  private let labels: [Int?] = (0..<365).map { item in
    if item % 7 == 6 { return nil }
    let place = item - item / 7
    return place < 250 ? 0 : place < 310 ? 2 : 5
  }

  @Test func everyClassGivesItsShareAndOneAtLeast() {
    func counts(_ fraction: Double) -> [Int: Int] {
      let places = LabelledShare(fraction).places(of: labels)
      #expect(places == places.sorted() && Set(places).count == places.count)
      return Dictionary(grouping: places, by: { labels[$0]! }).mapValues(\.count)
    }
    #expect(counts(1) == [0: 250, 2: 60, 5: 3])
    #expect(counts(0.1) == [0: 25, 2: 6, 5: 1])
    #expect(counts(0.01) == [0: 3, 2: 1, 5: 1])
    #expect(LabelledShare(0.5).places(of: [nil, nil]).isEmpty)
  }

  @Test func aSmallerShareIsPartOfALargerAndOtherSeedsTakeOthers() {
    let (small, large) = (
      LabelledShare(0.05, seed: 3).places(of: labels), LabelledShare(0.2, seed: 3).places(of: labels)
    )
    #expect(Set(small).isSubset(of: large))
    #expect(small == LabelledShare(0.05, seed: 3).places(of: labels))
    #expect(small != LabelledShare(0.05, seed: 4).places(of: labels))
  }
}
