public import Tensors

/// One embedding for every example of a data set, which follows the encoder slowly.
///
///     vᵢ ← (m·vᵢ + (1 − m)·zᵢ) / ‖m·vᵢ + (1 − m)·zᵢ‖      z of unit length
///
/// Compare a batch with all of it (`InfoNCELoss` takes the bank as candidates and the examples' indices as labels), or with
/// rows that are drawn from it.
///
/// `embeddings` keeps its memory for life; a method declares it as a buffer, and it is in its checkpoints.
///
/// Source: Wu, Xiong, Yu, Lin. "Unsupervised Feature Learning via Non-Parametric Instance Discrimination." CVPR 2018,
/// section 3.1, with the running mean of their code. <https://arxiv.org/abs/1805.01978>
public struct MemoryBank {
  /// The embeddings by example, `[count, D]`, of unit length.
  public let embeddings: Tensor

  /// How much of the old embedding stays, m.
  public let momentum: Double

  /// Creates a bank of random directions.
  ///
  /// - Parameters:
  ///   - count: The number of examples.
  ///   - size: The length *D* of an embedding.
  ///   - momentum: From 0 (the embedding is replaced) to below 1; 0.5 is that of the authors' code.
  ///   - source: What the first directions are drawn from.
  public init(
    count: Int, size: Int, momentum: Double = 0.5, type: DataType = .float32, on device: Device = .cpu,
    from source: RandomSource
  ) {
    precondition(count > 0 && size > 0, "a bank needs room, not \(count) × \(size)")
    precondition((0..<1).contains(momentum), "the momentum must be at least 0 and below 1, not \(momentum)")
    embeddings = Tensor.normal([count, size], type: type, from: source).normalized().to(type).to(device)
    self.momentum = momentum
  }

  /// Moves the embeddings of examples towards new ones.
  ///
  /// - Parameters:
  ///   - indices: Which examples, `int64`, `[N]`; none twice.
  ///   - batch: Their new embeddings, `[N, D]`, of any norm.
  public func update(_ indices: Tensor, with batch: Tensor) {
    precondition(
      indices.shape == [batch.shape[0]] && batch.shape[1] == embeddings.shape[1],
      "an update takes [N] and [N, \(embeddings.shape[1])], got \(indices.shape) and \(batch.shape)")
    withoutGradient {
      let places = indices.to(embeddings.device)
      let new = batch.detached().to(embeddings.device).normalized() * (1 - momentum)
      let mean = embeddings.items(at: places).inLossPrecision() * momentum + new
      embeddings.assign(mean.normalized().to(embeddings.type), at: places)
    }
  }
}
