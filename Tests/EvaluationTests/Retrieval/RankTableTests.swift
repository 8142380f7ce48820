import Basics
import Testing

@testable import Evaluation

@Suite struct RankTableTests {
  /// How many scores reach each mark, from the highest: comparing all with all.
  private func naive(_ scores: [Double], _ marks: [Double]) -> [Int] {
    marks.sorted(by: >).map { mark in scores.count { $0 >= mark } }
  }

  private func table(_ scores: [Double], _ marks: [Double]) -> [Int] {
    var table = RankTable(marks: marks)
    table.add(scores)
    return table.standings
  }

  @Test(arguments: [1, 2, 7, 300, 5000]) func agreesWithComparingAllWithAll(marks: Int) {
    var stream = RandomStream(seed: UInt64(marks))
    let scores = (0..<400).map { _ in stream.normal() }
    let drawn = (0..<marks).map { _ in stream.normal() }
    #expect(table(scores, drawn) == naive(scores, drawn))
  }

  /// Scores that equal a mark reach it, also at both ends; marks that crowd in one bucket are told apart.
  @Test func tiesAndCrowdsAreToldApart() {
    var stream = RandomStream(seed: 4)
    let rounded = (0..<300).map { _ in (stream.normal() * 4).rounded() / 4 }
    #expect(table(rounded, Array(rounded[..<90])) == naive(rounded, Array(rounded[..<90])))
    let crowd = (0..<200).map { _ in 0.5 + stream.uniform() * 1e-7 } + [-1]
    let near = (0..<200).map { _ in 0.5 + stream.uniform() * 1e-7 } + crowd + [0, -1, -2, 3]
    #expect(table(near, crowd) == naive(near, crowd))
    let equal = [Double](repeating: 0.25, count: 30)
    #expect(table([0.25, 0.2, 0.3, 0.25 - 1e-15], equal) == [Int](repeating: 2, count: 30))
    let almost = (0..<50).map { 0.25 + Double($0) * 1e-12 }
    #expect(table(almost + [0.3, 0.2], almost) == naive(almost + [0.3, 0.2], almost))
  }

  @Test func whatIsTakenAwayWasNeverThere() {
    var table = RankTable(marks: [0.5, 0.1])
    table.add([0.9, 0.5, 0.3, 0.1, 0])
    table.add([0.5, 0], times: -1)
    #expect(table.standings == [1, 3])
  }
}
