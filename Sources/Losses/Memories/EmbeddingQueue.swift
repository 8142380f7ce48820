public import Tensors

/// The last embeddings that were computed, first in, first out, as further candidates for a loss.
///
/// Entries are scaled to unit length as they come in, and have no way back to what computed them. A batch need not divide
/// the capacity: what does not fit at the end goes on at the beginning.
///
/// What changes is in `state`, tensors that keep their memory for life. A method declares them as buffers, and they are in
/// its checkpoints:
///
///     for (name, tensor) in queue.state { _ = (tree.root / "queue").buffer(name, tensor) }
///
/// In a run of several processes each enqueues the batches of all, in the order of their ranks; the queues are then the
/// same everywhere.
///
/// Source: He, Fan, Wu, Xie, Girshick. "Momentum Contrast for Unsupervised Visual Representation Learning." CVPR 2020,
/// section 3.2 and algorithm 1. <https://arxiv.org/abs/1911.05722>
public final class EmbeddingQueue {
  /// The largest number of entries.
  public let capacity: Int

  private let slots: Tensor  // [capacity, D]
  private let labelSlots: Tensor  // int64, [capacity]
  private let total: Tensor  // int64, []: how many entries have ever come in

  /// Creates an empty queue.
  ///
  /// - Parameters:
  ///   - capacity: The largest number of entries; the authors take 65,536.
  ///   - size: The length *D* of an embedding.
  ///   - type: `float32` or `float64`.
  ///   - device: Where the entries are kept: that of the model.
  public init(capacity: Int, size: Int, type: DataType = .float32, on device: Device = .cpu) {
    precondition(capacity > 0 && size > 0, "a queue needs room, not \(capacity) × \(size)")
    self.capacity = capacity
    slots = .zeros([capacity, size], type: type, on: device)
    labelSlots = .zeros([capacity], type: .int64, on: device)
    total = .zeros([], type: .int64, on: device)
  }

  /// Everything that changes, by name. Who overwrites their elements, as the load of a checkpoint does, sets the queue.
  public var state: KeyValuePairs<String, Tensor> { ["embeddings": slots, "labels": labelSlots, "total": total] }

  /// The number of entries now.
  public var count: Int { Swift.min(entered, capacity) }

  /// All entries, the oldest first: `[count, D]`.
  public var embeddings: Tensor { inOrder(slots) }

  /// The labels of all entries, the oldest first: `int64`, `[count]`; 0 for those that came without.
  public var labels: Tensor { inOrder(labelSlots) }

  /// Takes in a batch; the oldest entries go where there is no room.
  ///
  /// - Parameters:
  ///   - batch: `[N, D]`, of any norm; of more rows than the queue holds, the last ones stay.
  ///   - labels: `int64`, `[N]`.
  public func enqueue(_ batch: Tensor, labels: Tensor? = nil) {
    precondition(
      batch.rank == 2 && batch.shape[1] == slots.shape[1],
      "this queue takes [N, \(slots.shape[1])], got \(batch.shape)")
    let rows = batch.shape[0]
    precondition(labels == nil || labels!.shape == [rows], "a label for each of \(rows) expected, got \(labels!.shape)")
    let before = entered
    let stay = Swift.min(rows, capacity)
    let places = (rows - stay..<rows).map { (before + $0) % capacity }
    withoutGradient {
      let indices = Tensor(places).to(slots.device)
      slots.assign(batch.detached()[rows - stay..<rows].to(slots.device).normalized().to(slots.type), at: indices)
      let marks = labels?[rows - stay..<rows].to(slots.device).to(.int64)
      labelSlots.assign(marks ?? .zeros([stay], type: .int64, on: slots.device), at: indices)
      total.assign(Tensor([before + rows], shape: []))
    }
  }

  /// Fills the queue with random directions, as the authors begin.
  public func fill(from source: RandomSource) {
    enqueue(.normal([capacity, slots.shape[1]], type: slots.type, from: source))
  }

  private var entered: Int { Int(total.item()) }

  /// A copy of the filled slots, the oldest first.
  private func inOrder(_ tensor: Tensor) -> Tensor {
    let entered = entered
    guard entered > capacity else { return tensor[0..<entered].copy() }
    let first = entered % capacity
    return .concatenation([tensor[first..<capacity], tensor[0..<first]])
  }
}
