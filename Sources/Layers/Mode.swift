public import Tensors

/// Whether a model learns or is used; passed to every layer that cares, never kept by one.
public enum Mode {
  /// Dropout is off; batch normalisation uses its running statistics.
  case evaluation
  /// Dropout draws from the source; batch normalisation uses the batch's statistics and moves its running ones.
  case training(RandomSource)
  /// As in training, for rows that went through before: running statistics stay as they are.
  case repetition(RandomSource)

  /// Whether the model learns.
  public var isTraining: Bool { source != nil }

  /// What dropout draws from; nil where it is off.
  public var source: RandomSource? {
    switch self {
    case .evaluation: nil
    case .training(let source), .repetition(let source): source
    }
  }

  /// Whether running statistics move.
  public var movesStatistics: Bool {
    if case .training = self { true } else { false }
  }
}
