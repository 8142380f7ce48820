import Layers
import Tensors
import TestSupport
import Testing

@Suite struct EmbeddingTests {
  @Test func agreesWithPyTorch() throws {
    let peer = try PyTorchComparison()
    let offsets = peer.goldens["bag/offsets", .int64]
    try peer.expectSame("embedding", { Embedding($0, count: 7, size: 4) }) { $0($1) }
    try peer.expectSame("bag", { Embedding($0, count: 7, size: 4) }) { $0.mean(of: $1, offsets: offsets) }
  }

  @Test func anEmptyBagIsZero() {
    let table = Embedding(ParameterTree(seed: 1).root, count: 3, size: 2)
    let mean = table.mean(of: Tensor([Int]()), offsets: Tensor([0]))
    #expect(mean.values(as: Float.self) == [0, 0])
  }
}
