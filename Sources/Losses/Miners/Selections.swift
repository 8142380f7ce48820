public import Tensors

/// Pairs that a miner chose: what a loss is computed on instead of all pairs.
public struct PairSelection {
  /// Of every positive pair the index of the anchor and that of the candidate, `int64`, `[P, 2]`.
  public let positives: Tensor
  /// Of every negative pair the same, `int64`, `[Q, 2]`.
  public let negatives: Tensor

  /// Creates a selection.
  public init(positives: Tensor, negatives: Tensor) {
    precondition(
      positives.rank == 2 && negatives.rank == 2 && positives.shape[1] == 2 && negatives.shape[1] == 2,
      "pairs [P, 2] and [Q, 2] expected, got \(positives.shape) and \(negatives.shape)")
    self.positives = positives
    self.negatives = negatives
  }
}

/// Triplets that a miner chose.
public struct TripletSelection {
  /// Of every triplet the indices of the anchor, the positive and the negative, `int64`, `[T, 3]`. The first counts
  /// through the anchors, the others through the candidates.
  public let indices: Tensor

  /// Creates a selection.
  public init(_ indices: Tensor) {
    precondition(indices.rank == 2 && indices.shape[1] == 3, "triplets [T, 3] expected, got \(indices.shape)")
    self.indices = indices
  }

  /// How many there are.
  public var count: Int { indices.shape[0] }

  /// Indices of anchors, `[T]`.
  public var anchors: Tensor { indices.item(0, along: 1) }
  /// Indices of positives, `[T]`.
  public var positives: Tensor { indices.item(1, along: 1) }
  /// Indices of negatives, `[T]`.
  public var negatives: Tensor { indices.item(2, along: 1) }
}

/// Chooses pairs of a batch, or of anchors and a memory.
///
/// Nothing of the size *N* × *M* is held on the way, only what is chosen.
public protocol PairMiner: Hashable, Sendable {
  /// Returns the pairs of rows, ordered by anchor. They have no gradient.
  func callAsFunction(_ rows: LabeledRows) -> PairSelection
}

/// Chooses triplets of a batch, or of anchors and a memory.
///
/// Nothing of the size *N* × *M* is held on the way, only what is chosen.
public protocol TripletMiner: Hashable, Sendable {
  /// Returns the triplets of rows, ordered by anchor. They have no gradient.
  func callAsFunction(_ rows: LabeledRows) -> TripletSelection
}

extension PairMiner {
  /// Returns the pairs of a batch: embeddings `[N, D]`, of any norm, and their classes, `int64`, `[N]`.
  public func callAsFunction(_ embeddings: Tensor, labels: Tensor) -> PairSelection {
    self(LabeledRows(embeddings, labels: labels))
  }
}

extension TripletMiner {
  /// Returns the triplets of a batch: embeddings `[N, D]`, of any norm, and their classes, `int64`, `[N]`.
  public func callAsFunction(_ embeddings: Tensor, labels: Tensor) -> TripletSelection {
    self(LabeledRows(embeddings, labels: labels))
  }
}

extension [Tensor] {
  /// Lists of indices `[K, width]` one below the other.
  func joined(width: Int, on device: Device) -> Tensor {
    isEmpty ? .zeros([0, width], type: .int64, on: device) : .concatenation(self)
  }
}
