public import Tensors

/// A number for how alike two embeddings are, the higher the more.
public enum PairScores: String, CaseIterable, Hashable, Sendable, Codable {
  /// The cosine of the angle between both.
  case cosine
  /// Their scalar product.
  case dot
  /// Their Euclidean distance with its sign changed: −‖x − y‖₂.
  case euclidean
  /// The sum of their coordinates' distances with its sign changed: −‖x − y‖₁.
  case manhattan

  /// Whether the number is a distance whose sign was changed.
  public var isDistance: Bool { self == .euclidean || self == .manhattan }

  /// The scores of rows of two matrices `[N, D]`, computed in `float64`.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> [Double] {
    precondition(
      first.rank == 2 && first.shape == second.shape,
      "pairs are rows of two matrices, got \(first.shape), \(second.shape)")
    let (a, b) = (first.to(.float64), second.to(.float64))
    let scores =
      switch self {
      case .cosine: (a.normalized() * b.normalized()).sum(1)
      case .dot: (a * b).sum(1)
      case .euclidean: -(a - b).norm(1)
      case .manhattan: -(a - b).magnitude().sum(1)
      }
    return scores.values(as: Double.self)
  }
}
