public import Tensors

/// A function applied to every element between layers.
public enum Activation: String, Hashable, Sendable, Codable, CaseIterable {
  /// max(0, x).
  case relu
  /// x·Φ(x).
  case gelu
  /// x·σ(1.702x), as the first CLIP models have it.
  case quickGELU
  /// x·σ(x).
  case silu
  /// The hyperbolic tangent.
  case tanh

  /// Applies the function.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .relu: x.relu()
    case .gelu: x.gelu()
    case .quickGELU: x.quickGELU()
    case .silu: x.silu()
    case .tanh: x.tanh()
    }
  }
}
