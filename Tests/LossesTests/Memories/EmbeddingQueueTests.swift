import Losses
import TestSupport
import Tensors
import Testing

@Suite struct EmbeddingQueueTests {
  /// Rows that point along the first axis but for a mark, so that their order can be read off.
  private func rows(_ marks: [Double]) -> Tensor {
    Tensor(marks.flatMap { [10, $0] }, shape: [marks.count, 2])
  }

  private func marks(_ embeddings: Tensor) -> [Double] {
    plainRows(embeddings).map { (($0[1] / $0[0]) * 10).rounded() }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 10, 23], [1, 2, 3, 5, 7])
  func holdsTheLastRowsInOrder(capacity: Int, batch: Int) {
    let queue = EmbeddingQueue(capacity: capacity, size: 2, type: .float64)
    var all: [Double] = []
    for step in 0..<9 {
      let new = (0..<batch).map { Double(step * batch + $0) }
      queue.enqueue(rows(new), labels: Tensor(new.map { Int($0) }))
      all += new
      #expect(marks(queue.embeddings) == Array(all.suffix(capacity)))
      #expect(queue.labels.values(as: Int.self) == all.suffix(capacity).map { Int($0) })
      #expect(queue.count == min(all.count, capacity))
    }
  }

  @Test func anEmptyQueueHasNoRows() {
    let queue = EmbeddingQueue(capacity: 3, size: 2)
    #expect(queue.embeddings.shape == [0, 2])
    #expect(queue.labels.shape == [0])
  }

  @Test func entriesAreOfUnitLengthAndHaveNoWayBack() {
    let queue = EmbeddingQueue(capacity: 4, size: 5, type: .float64)
    queue.enqueue(PeerData.first.asVariable()[0..<3])
    #expect(!queue.embeddings.requiresGradient)
    expectClose(queue.embeddings.norm(-1), [1, 1, 1], relative: 1e-12)
    queue.enqueue(.zeros([1, 5]))
    expectClose(queue.embeddings[3], [0, 0, 0, 0, 0])
  }

  @Test func whatItReturnedDoesNotChangeAfterwards() {
    let queue = EmbeddingQueue(capacity: 2, size: 2, type: .float64)
    queue.enqueue(rows([1, 2]))
    let before = queue.embeddings
    queue.enqueue(rows([3, 4]))
    #expect(marks(before) == [1, 2])
  }

  @Test func itsStateIsAllThereIs() {
    let (first, second) = (EmbeddingQueue(capacity: 5, size: 2), EmbeddingQueue(capacity: 5, size: 2))
    for step in 0..<4 { first.enqueue(rows([Double(step), Double(step) + 0.5])) }
    for (theirs, ours) in zip(first.state, second.state) {
      #expect(theirs.key == ours.key)
      ours.value.assign(theirs.value)
    }
    for queue in [first, second] { queue.enqueue(rows([9]), labels: Tensor([7])) }
    expectClose(second.embeddings, first.embeddings, relative: 0, absolute: 0)
    #expect(second.labels.values(as: Int.self) == first.labels.values(as: Int.self))
  }

  @Test func randomDirectionsFollowFromTheSeed() {
    let queues = (0..<2).map { _ in EmbeddingQueue(capacity: 4, size: 3) }
    for queue in queues { queue.fill(from: RandomSource(seed: 3)) }
    #expect(queues[0].count == 4)
    expectClose(queues[0].embeddings, queues[1].embeddings, relative: 0, absolute: 0)
  }
}
