import Basics

/// Items that are cheap to read one after another and dear to read by themselves, as in a gzipped archive.
///
/// An epoch that visits them shuffles the runs, takes so many of them together, and shuffles their items: a shuffle
/// buffer whose whole state follows from the seed, the epoch and the place in it. Nothing of it has to be kept to go
/// on after an interruption, and each run is read once an epoch.
public struct ReadingRuns: Hashable, Sendable {
  /// The first item of each run, ascending, the first 0; a run goes to the next one.
  public let starts: [Int]

  /// How many runs may be read from at a time.
  public let together: Int

  /// Creates runs.
  public init(starts: [Int], together: Int) {
    precondition(starts.first ?? 0 == 0, "the first run begins with item 0, not \(starts[0])")
    precondition(together >= 1, "runs are read \(together) at a time")
    self.starts = starts
    self.together = together
  }

  /// The runs among some of the items.
  ///
  /// - Parameter items: Ascending.
  /// - Returns: Runs of places in this list; those that none of the items is in are left out.
  func among(_ items: [Int]) -> ReadingRuns {
    var starts: [Int] = []
    var run = -1
    for (place, item) in items.enumerated() where run + 1 < self.starts.count && item >= self.starts[run + 1] {
      while run + 1 < self.starts.count, self.starts[run + 1] <= item { run += 1 }
      starts.append(place)
    }
    return ReadingRuns(starts: starts, together: together)
  }

  /// The places of an epoch in order.
  ///
  /// - Parameter count: The number of places.
  func order(of count: Int, using random: inout RandomStream) -> [Int] {
    let runs = random.permutation(of: starts.count)
    var order: [Int] = []
    order.reserveCapacity(count)
    for first in stride(from: 0, to: runs.count, by: together) {
      let places = runs[first..<min(first + together, runs.count)].flatMap { run in
        starts[run]..<(run + 1 < starts.count ? starts[run + 1] : count)
      }
      order += random.permutation(of: places.count).map { places[$0] }
    }
    return order
  }
}
