import Losses
import TestSupport
import Tensors
import Testing

@Suite struct CrossBatchMemoryTests {
  @Test func theBatchComesInFirstAndIsFoundAtItsOffset() {
    let memory = CrossBatchMemory(capacity: 8, size: 5, type: .float64)
    for step in 0..<3 {
      let batch = peerInput(6, 5, 0.37 + 0.02 * Double(step), 1.3)
      let candidates = memory.remember(batch, labels: Tensor(PeerData.classes))
      let expectedCount = [6, 8, 8][step]
      #expect(candidates.embeddings.shape == [expectedCount, 5])
      #expect(candidates.offset == expectedCount - 6)
      expectClose(candidates.embeddings[candidates.offset..<expectedCount], batch.normalized(), relative: 1e-12)
      #expect(candidates.labels.values(as: Int.self).suffix(6) == PeerData.classes)
    }
  }

  @Test func aBatchLargerThanTheMemoryTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = CrossBatchMemory(capacity: 2, size: 1).remember(.ones([3, 1]), labels: Tensor([0, 0, 0]))
    }
  }
}
