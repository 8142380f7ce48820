public import Tensors

/// Whether a model learns or is used; passed to every layer that cares, never kept by one.
public enum Mode {
  /// Dropout is off; batch normalisation uses its running statistics.
  case evaluation
  /// Dropout draws from the source; batch normalisation uses the batch's statistics and moves its running ones.
  case training(RandomSource)

  /// Whether the model learns.
  public var isTraining: Bool {
    switch self {
    case .evaluation: false
    case .training: true
    }
  }
}
