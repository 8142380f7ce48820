import Tensors

/// How the first value of a parameter is drawn.
///
/// *fan in* is the number of inputs that one output sums over: the product of all lengths but the first; *fan out* the
/// number of outputs that one input goes to: the product of all lengths but the second.
public enum Initializer: Hashable, Sendable {
  /// The same number everywhere.
  case constant(Double)
  /// Normal with a standard deviation.
  case normal(deviation: Double)
  /// Normal with a standard deviation, drawn again beyond two of them.
  case truncatedNormal(deviation: Double)
  /// Normal with σ² = 2 / fan out: keeps the gradients' size through convolutions and ReLUs (He et al., 2015).
  case kaimingNormal
  /// Uniform within ±1/√(fan in), as PyTorch begins linear layers and convolutions; biases pass their weight's fan in.
  case uniform(fanIn: Int? = nil)
  /// Uniform within ±√(6 / (fan in + fan out)) (Glorot, Bengio, 2010).
  case xavierUniform

  func value(shape: [Int], from source: RandomSource) -> Tensor {
    switch self {
    case .constant(let value):
      return .full(shape, value)
    case .normal(let deviation):
      return .normal(shape, from: source) * deviation
    case .truncatedNormal(let deviation):
      return Self.truncated(shape, from: source) * deviation
    case .kaimingNormal:
      let fanOut = shape.enumerated().filter { $0.offset != 1 }.map(\.element).reduce(1, *)
      return .normal(shape, from: source) * (2 / Double(fanOut)).squareRoot()
    case .uniform(let fanIn):
      let bound = 1 / Double(fanIn ?? shape.dropFirst().reduce(1, *)).squareRoot()
      return (.uniform(shape, from: source) * 2.0 - 1.0) * bound
    case .xavierUniform:
      let area = shape.dropFirst(2).reduce(1, *)
      let bound = (6 / Double((shape[0] + shape[1]) * area)).squareRoot()
      return (.uniform(shape, from: source) * 2.0 - 1.0) * bound
    }
  }

  /// Standard normal numbers within ±2, by drawing those beyond again.
  private static func truncated(_ shape: [Int], from source: RandomSource) -> Tensor {
    var value = Tensor.normal(shape, from: source)
    while true {
      let outside = value.magnitude() .> 2
      if !outside.any() { return value }
      value = outside.select(.normal(shape, from: source), else: value)
    }
  }
}
