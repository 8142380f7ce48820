import Tensors

/// What a softmax loss compares rows by, before the temperature.
public enum RowSimilarity: String, Hashable, Sendable, CaseIterable {
  /// The cosine of the angle between two rows, of any norm.
  case cosine
  /// The product of two rows as they are.
  case dot

  /// The rows whose products are the similarities, in the type of the loss.
  func prepared(_ rows: Tensor) -> Tensor { self == .cosine ? rows.normalized() : rows.inLossPrecision() }
}
