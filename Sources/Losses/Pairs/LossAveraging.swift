public import Tensors

/// How the losses of many pairs, triplets or anchors become one number.
public enum LossAveraging: String, CaseIterable, Hashable, Codable, Sendable {
  /// Their mean; 0 of none.
  case all
  /// The mean of those above 0; 0 if there are none. Pairs that already satisfy the loss do not dilute the others'
  /// gradients, which would otherwise fade as training goes on.
  ///
  /// Source: `AvgNonZeroReducer` of pytorch-metric-learning; "batch all ≠ 0" in Hermans, Beyer, Leibe. "In Defense of
  /// the Triplet Loss for Person Re-Identification." 2017. <https://arxiv.org/abs/1703.07737>
  case nonZero = "non-zero"
  /// Their sum.
  case sum
}

extension LossAveraging {
  /// Returns the mean or sum of losses that are not negative.
  public func callAsFunction(_ losses: Tensor) -> Tensor {
    self(sum: losses.sum(), count: Double(losses.count), nonZero: (losses .> 0).sum())
  }

  /// The same over those for which a mask is true. The others may be infinite or NaN, and get no gradient.
  func callAsFunction(_ losses: Tensor, where valid: Tensor) -> Tensor {
    let kept = valid.select(losses, else: Tensor(0, type: losses.type, on: losses.device))
    return self(sum: kept.sum(), count: valid.sum().item(), nonZero: (kept .> 0).sum())
  }

  /// The same from a sum that was taken in parts.
  ///
  /// - Parameters:
  ///   - sum: Σ of the losses, `[]`.
  ///   - count: How many they are.
  ///   - nonZero: How many of them are above 0, `[]`; without gradient.
  func callAsFunction(sum: Tensor, count: Double, nonZero: @autoclosure () -> Tensor) -> Tensor {
    switch self {
    case .all: sum / max(count, 1)
    case .nonZero: sum / nonZero().detached().to(sum.type).clamped(min: 1)
    case .sum: sum
    }
  }
}
