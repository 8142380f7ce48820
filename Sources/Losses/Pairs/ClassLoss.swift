public import Tensors

/// A loss over all pairs of a batch whose rows have classes.
public protocol ClassLoss: Sendable {
  /// Returns the loss of anchors compared with candidates.
  ///
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`.
  func callAsFunction(_ rows: LabeledRows) -> Tensor

  /// What the loss says of itself.
  static var description: LossDescription { get }
}

extension ClassLoss {
  /// Returns the loss of a batch compared with itself.
  ///
  /// - Parameters:
  ///   - embeddings: `[N, D]`, of any norm.
  ///   - labels: Their classes, `int64`, `[N]`.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`.
  public func callAsFunction(_ embeddings: Tensor, labels: Tensor) -> Tensor {
    self(LabeledRows(embeddings, labels: labels))
  }

  /// Returns the loss of anchors compared with other rows: a memory of earlier batches, or the other modality.
  ///
  /// - Parameters:
  ///   - anchors: `[N, D]`, of any norm.
  ///   - labels: The anchors' classes, `int64`, `[N]`.
  ///   - candidates: `[M, D]`.
  ///   - candidateLabels: The candidates' classes, `int64`, `[M]`.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`.
  public func callAsFunction(_ anchors: Tensor, labels: Tensor, candidates: Tensor, candidateLabels: Tensor) -> Tensor {
    self(LabeledRows(anchors: anchors, labels: labels, candidates: candidates, candidateLabels: candidateLabels))
  }
}
