public import Tensors

/// A function of one logit ℓ: what a reduction adds up. *f*(*x*) with *x* = slope·ℓ + offset.
///
/// The offset may be a number, or differ by anchor; where it does, it gets its gradient too.
public struct ElementFunction {
  /// What is done to *x*.
  public enum Shape: Hashable, Sendable {
    /// *x*
    case identity
    /// log(1 + exp *x*)
    case softplus
    /// max(*x*, 0)
    case hinge
    /// max(*x*, 0)²
    case squaredHinge
    /// weight·(*x* + margin), where the weight, factor·max(*x* + optimum, 0), has no gradient: a term of the circle
    /// loss.
    ///
    /// Source: Sun et al. "Circle Loss." CVPR 2020, equation 6. <https://arxiv.org/abs/2002.10857>
    case selfWeighted(factor: Double, optimum: Double, margin: Double)
  }

  /// What is added to slope·ℓ.
  public enum Offset: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// The same number everywhere.
    case number(Double)
    /// One number for every anchor, or, in a reduction for every candidate, for every candidate.
    case each(Tensor)
    /// log(exp *uᵢ* + exp *vₖ*), of one number an anchor `[N]` and one a candidate `[M]`.
    case logAddExp(anchors: Tensor, candidates: Tensor)

    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
  }

  let shape: Shape
  let slope: Double
  let offset: Offset

  /// Creates *f*(slope·ℓ + offset).
  public init(_ shape: Shape, slope: Double = 1, offset: Offset = 0) {
    self.shape = shape
    self.slope = slope
    self.offset = offset
  }

  /// ℓ itself.
  public static var logit: ElementFunction { ElementFunction(.identity) }

  /// slope·ℓ + offset.
  public static func linear(_ slope: Double, plus offset: Offset = 0) -> ElementFunction {
    ElementFunction(.identity, slope: slope, offset: offset)
  }

  /// log(1 + exp(slope·ℓ + offset)).
  public static func softplus(_ slope: Double = 1, plus offset: Offset = 0) -> ElementFunction {
    ElementFunction(.softplus, slope: slope, offset: offset)
  }

  /// max(slope·ℓ + offset, 0).
  public static func hinge(_ slope: Double = 1, plus offset: Offset = 0) -> ElementFunction {
    ElementFunction(.hinge, slope: slope, offset: offset)
  }

  /// max(slope·ℓ + offset, 0)².
  public static func squaredHinge(_ slope: Double = 1, plus offset: Offset = 0) -> ElementFunction {
    ElementFunction(.squaredHinge, slope: slope, offset: offset)
  }
}

extension ElementFunction.Shape {
  /// *f*(*x*).
  func value(_ x: Tensor) -> Tensor {
    switch self {
    case .identity: x
    // Exact to the type's last digit for any x, which libtorch's own softplus, linear from 20 on, is not.
    case .softplus: x.clamped(min: 0) + (-x.magnitude()).exp().log1p()
    case .hinge: x.clamped(min: 0)
    case .squaredHinge: x.clamped(min: 0).squared()
    case .selfWeighted(let factor, let optimum, let margin):
      (x + optimum).clamped(min: 0) * (x + margin) * factor
    }
  }

  /// *f*′(*x*), or nil where it is 1.
  func derivative(_ x: Tensor) -> Tensor? {
    switch self {
    case .identity: nil
    case .softplus: x.sigmoid()
    case .hinge: (x .> 0).to(x.type)
    case .squaredHinge: x.clamped(min: 0) * 2
    case .selfWeighted(let factor, let optimum, _): (x + optimum).clamped(min: 0) * factor
    }
  }
}
