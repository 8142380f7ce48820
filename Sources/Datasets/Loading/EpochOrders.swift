import Basics

/// The orders of a run's epochs, the last two of which are remembered.
///
/// Shuffling takes time in proportion to the items; without a memory every batch would pay it for the whole epoch. Two
/// are kept since workers are at the end of one epoch and the beginning of the next at the same time.
final class EpochOrders: @unchecked Sendable {  // `recent` is touched under the lock alone
  private let shuffle: EpochOrder
  private let runs: ReadingRuns?
  private let lock = Lock()
  private var recent: [(epoch: Int, order: [Int])] = []

  /// Creates the orders of a shuffle.
  ///
  /// - Parameter runs: Runs of places that are read together, if there are any.
  init(_ shuffle: EpochOrder, runs: ReadingRuns? = nil) {
    self.shuffle = shuffle
    self.runs = runs
  }

  /// The order of an epoch, as `EpochOrder` gives it.
  func order(ofEpoch epoch: Int) -> [Int] {
    lock.withLock {
      if let known = recent.first(where: { $0.epoch == epoch }) { return known.order }
      let order = shuffle.order(ofEpoch: epoch, runs: runs)
      recent = recent.suffix(1) + [(epoch, order)]
      return order
    }
  }
}
