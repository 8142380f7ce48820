public import Tensors

/// A queue of embeddings with their labels, against which a batch is compared: more positives and negatives than a batch
/// has, without computing them again.
///
/// A step enqueues first and compares then, as the authors and pytorch-metric-learning do: the batch's own entries are
/// among the candidates, where the loss leaves out the comparison of a row with itself. No gradient goes to candidates.
///
/// Entries of earlier steps come from an encoder that has moved on since; the authors measure that it moves little once the
/// first few thousand steps are done.
///
/// Source: Wang, Zhang, Huang, Scott. "Cross-Batch Memory for Embedding Learning." CVPR 2020, algorithm 1.
/// <https://arxiv.org/abs/1912.06798>
public struct CrossBatchMemory {
  /// What a batch is compared with.
  public struct Candidates {
    /// The entries, the oldest first and the batch's own last: `[M, D]`, of unit length.
    public let embeddings: Tensor
    /// Their labels, `int64`, `[M]`.
    public let labels: Tensor
    /// Where the batch's own entries begin: row *i* of the batch is candidate *i* + `offset`.
    public let offset: Int
  }

  /// What is kept between steps; its `state` belongs into checkpoints.
  public let queue: EmbeddingQueue

  /// Creates an empty memory.
  ///
  /// - Parameters:
  ///   - capacity: The largest number of entries. The authors take as much as the data set, or a large share of it.
  ///   - size: The length *D* of an embedding.
  public init(capacity: Int, size: Int, type: DataType = .float32, on device: Device = .cpu) {
    queue = EmbeddingQueue(capacity: capacity, size: size, type: type, on: device)
  }

  /// Takes in a batch and returns what it is compared with.
  ///
  /// - Parameters:
  ///   - batch: `[N, D]`, no more rows than the memory holds.
  ///   - labels: `int64`, `[N]`.
  public func remember(_ batch: Tensor, labels: Tensor) -> Candidates {
    precondition(
      batch.shape[0] <= queue.capacity, "a memory of \(queue.capacity) cannot hold a batch of \(batch.shape[0])")
    queue.enqueue(batch, labels: labels)
    return Candidates(
      embeddings: queue.embeddings, labels: queue.labels, offset: queue.count - batch.shape[0])
  }
}
