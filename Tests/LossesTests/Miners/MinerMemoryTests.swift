import Tensors
import Testing

@testable import Losses

#if os(Linux)
import Glibc

/// What miners hold on the way.
@Suite struct MinerMemoryTests {
  /// 8,000 rows have 256 MB of distances; choosing among them takes a small part of that, whatever the miner.
  ///
  /// With large tensors in a range of their own, as in the command: what a slab leaves in a plain heap, a few chosen pairs,
  /// lies in the way of what the next one needs.
  @Test func noMinerHoldsTheDistancesOfAllPairs() async {
    await #expect(processExitsWith: .success) {
      Engine.keepFreedMemory()
      let rows = Tensor.normal([8000, 16], from: RandomSource(seed: 1))
      let labels = Tensor((0..<8000).map { $0 / 2 })
      /// The most memory that the process ever had, in bytes.
      func peak() -> Int {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss << 10
      }
      _ = BatchHardMiner()(rows[0..<64], labels: labels[0..<64])
      let before = peak()
      precondition(BatchHardMiner()(rows, labels: labels).indices.shape == [8000, 3])
      precondition(
        BatchEasyHardMiner(positives: .hard, negatives: .hard)(rows, labels: labels).positives.shape[0] == 8000)
      _ = MultiSimilarityMiner(epsilon: -1.5)(rows, labels: labels)
      _ = PairMarginMiner(positiveMargin: 0.2, negativeMargin: 0.3)(rows, labels: labels)
      let grown = peak() - before
      precondition(grown < 100 << 20, "miners took \(grown >> 20) MB")
    }
  }
}
#endif
