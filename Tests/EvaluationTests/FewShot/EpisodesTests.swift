import Basics
import Testing

@testable import Evaluation

@Suite struct EpisodesTests {
  /// Classes of 6, 4, 3, 2 and 1 items, and two items without one.
  private let labels: [Int?] = [0, 1, 2, 3, 4, nil, 0, 1, 2, 3, 0, 1, 2, 0, 1, 0, 0, nil]

  @Test func anEpisodeHasItsWaysItsShotsAndItsQueriesAndNoItemTwice() throws {
    let drawn = try Episodes(ways: 3, shots: 2, queries: 2, trials: 50).drawn(from: labels)
    #expect(drawn.count == 50)
    for episode in drawn {
      #expect(episode.classes.count == 3 && Set(episode.classes).isSubset(of: [0, 1, 2]))
      for (way, name) in episode.classes.enumerated() {
        #expect(episode.support[way].count == 2)
        // Class 2 has one item left.
        #expect(episode.queries[way].count == (name == 2 ? 1 : 2))
        let items = episode.support[way] + episode.queries[way]
        #expect(Set(items).count == items.count && items.allSatisfy { labels[$0] == name })
      }
    }
  }

  @Test func everyClassAndEveryItemComesAsOftenAsAnother() throws {
    let drawn = try Episodes(ways: 2, shots: 1, queries: 1, trials: 6000).drawn(from: labels)
    var classes: [Int: Int] = [:]
    var items: [Int: Int] = [:]
    for episode in drawn {
      for name in episode.classes { classes[name, default: 0] += 1 }
      for item in episode.support.joined() where labels[item] == 0 { items[item, default: 0] += 1 }
    }
    // 6,000 · 2/4 = 3,000, give or take 39; of class 0, each of 6 items 500 times, give or take 21.
    #expect(classes.count == 4 && classes.values.allSatisfy { abs($0 - 3000) < 160 }, "\(classes)")
    #expect(items.count == 6 && items.values.allSatisfy { abs($0 - 500) < 100 }, "\(items)")
  }

  @Test func withoutWaysAllClassesTakePartAndAllTheRestIsAsked() throws {
    let drawn = try Episodes(ways: nil, shots: 2, queries: nil, trials: 3).drawn(from: labels)
    for episode in drawn {
      #expect(episode.classes == [0, 1, 2])
      #expect(Set(episode.support.joined()).union(episode.queries.joined()).count == 6 + 4 + 3)
    }
    #expect(Set(drawn.map(\.support)).count > 1)
  }

  @Test func labelledItemsMayComeFromAnotherSet() throws {
    let known = [0, 0, 1, 1, 2, 3, 3]
    let drawn = try Episodes(ways: nil, shots: 2, queries: nil, trials: 2).drawn(labelled: known, asked: [3, 0, 3, 2])
    for episode in drawn {
      #expect(episode.classes == [0, 3])
      #expect(episode.support.map { $0.sorted() } == [[0, 1], [5, 6]])
      #expect(episode.queries.map { $0.sorted() } == [[1], [0, 2]])
    }
  }

  @Test func theSameSeedGivesTheSameTrialsHoweverManyAreDrawn() throws {
    let few = try Episodes(ways: 2, shots: 1, queries: 1, trials: 3, seed: 9).drawn(from: labels)
    let many = try Episodes(ways: 2, shots: 1, queries: 1, trials: 8, seed: 9).drawn(from: labels)
    #expect(few == Array(many.prefix(3)))
    #expect(try few != Episodes(ways: 2, shots: 1, queries: 1, trials: 3, seed: 8).drawn(from: labels))
  }

  @Test func tooFewClassesAreSaid() {
    #expect(
      throws: InputError(
        "4 ways of 2 shots take as many classes with 3 items to draw from and some to ask; 3 of 5 have them",
        remedy: "take fewer ways or shots")
    ) { try Episodes(ways: 4, shots: 2, queries: 1, trials: 1).drawn(from: labels) }
    #expect(throws: InputError.self) { try Episodes(ways: nil, shots: 4, queries: 1, trials: 1).drawn(from: labels) }
    #expect(throws: InputError.self) {
      try Episodes(ways: nil, shots: 1, queries: 1, trials: 1).drawn(labelled: [0, 1], asked: [2, 3, nil])
    }
  }
}
