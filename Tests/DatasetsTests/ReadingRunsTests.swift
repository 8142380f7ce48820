import Basics
import Testing

@testable import Datasets

@Suite struct ReadingRunsTests {
  @Test func visitsEveryPlaceOnce() {
    let runs = ReadingRuns(starts: [0, 3, 4, 10, 30], together: 2)
    for epoch in 0..<20 {
      let order = EpochOrder(seed: 2, count: 33).order(ofEpoch: epoch, runs: runs)
      #expect(order.sorted() == Array(0..<33))
      // At any time only two runs are read from: a run does not come back after two others began.
      let visited = order.map { runs.starts.lastPlace(notAbove: $0) }
      var lots: [Set<Int>] = []
      for run in visited where lots.last?.contains(run) != true {
        #expect(!lots.contains { $0.contains(run) })
        if let last = lots.last, last.count < 2 { lots[lots.count - 1] = last.union([run]) } else { lots.append([run]) }
      }
      #expect(lots.count == 3)
    }
  }

  @Test func changesEachEpochAndNotOtherwise() {
    let runs = ReadingRuns(starts: [0, 10, 20], together: 2)
    let orders = (0..<8).map { EpochOrder(seed: 2, count: 30).order(ofEpoch: $0, runs: runs) }
    #expect(Set(orders).count == 8)
    #expect(orders[3] == EpochOrder(seed: 2, count: 30).order(ofEpoch: 3, runs: runs))
  }

  @Test func keepsRunsAmongSomeItems() {
    let runs = ReadingRuns(starts: [0, 3, 6, 9], together: 3)
    #expect(runs.among([1, 2, 7, 8, 9]).starts == [0, 2, 4])
    #expect(runs.among([4, 5, 10, 11]).starts == [0, 2])
    #expect(runs.among([]).starts == [])
    #expect(runs.among(Array(0..<12)) == runs)
  }
}
