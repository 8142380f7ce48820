import Basics

/// The order in which items are visited: a new shuffle each epoch, known from the seed and the epoch alone.
///
/// Nothing has to be kept to go on after an interruption but the position: item *i* of epoch *e* is the same whenever
/// it is asked for. The shuffle is drawn from `RandomStream(seed, e)`.
public struct EpochOrder: Hashable, Codable, Sendable {
  /// What the shuffles are drawn from.
  public let seed: UInt64

  /// The number of items.
  public let count: Int

  /// Creates the orders of a seed.
  public init(seed: UInt64, count: Int) {
    precondition(count >= 0, "there cannot be \(count) items")
    self.seed = seed
    self.count = count
  }

  /// Returns the integers 0 ..< `count` in the order of an epoch; O(`count`).
  ///
  /// - Parameter runs: Runs of these numbers that are read together; without them every order is equally likely.
  public func order(ofEpoch epoch: Int, runs: ReadingRuns? = nil) -> [Int] {
    var random = RandomStream(seed: seed, epoch)
    if let runs { return runs.order(of: count, using: &random) }
    return random.permutation(of: count)
  }
}
