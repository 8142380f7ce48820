import Losses
import TestSupport
import Tensors
import Testing

@Suite struct MemoryBankTests {
  @Test func embeddingsFollowSlowly() {
    let bank = MemoryBank(count: 4, size: 2, momentum: 0.25, type: .float64, from: RandomSource(seed: 1))
    let before = plainRows(bank.embeddings)
    let kept = bank.embeddings
    bank.update(Tensor([2, 0]), with: Tensor([0, 3, 5, 0] as [Double], shape: [2, 2]))
    let expected = [
      unit([0.25 * before[0][0] + 0.75, 0.25 * before[0][1]]), before[1],
      unit([0.25 * before[2][0], 0.25 * before[2][1] + 0.75]), before[3],
    ]
    expectClose(bank.embeddings, expected.flatMap { $0 }, relative: 1e-12)
    #expect(kept.isSame(as: bank.embeddings), "a buffer keeps its memory")
  }

  @Test func withoutMomentumTheyAreReplaced() {
    let bank = MemoryBank(count: 3, size: 5, momentum: 0, type: .float64, from: RandomSource(seed: 1))
    bank.update(Tensor([0, 1, 2]), with: PeerData.first[0..<3])
    expectClose(bank.embeddings, PeerData.first[0..<3].normalized(), relative: 1e-12)
  }
}
