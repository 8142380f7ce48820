public import Tensors

/// Variance, invariance, covariance: pairs are pulled together, and collapse is barred without any negative.
///
///     loss = λ·s(x, y) + μ·½(v(x) + v(y)) + ν·(c(x) + c(y))
///
///     s(x, y) = 1/(N·D) · Σ (xᵢⱼ − yᵢⱼ)²                     both views alike
///     v(x)    = 1/D · Σⱼ max(0, 1 − √(Var xⱼ + 10⁻⁴))         every column spread out
///     c(x)    = 1/D · Σ_{j≠k} Cov(xⱼ, xₖ)²                    no two columns telling the same
///
/// Variances and covariances divide by *N* − 1; rows are taken as they are, not normalised. The equations of the
/// publication have μ·(v(x) + v(y)) without the half, and a sum over columns in *s*; this is what its authors' code
/// computes, and with it pytorch-metric-learning and lightly.
///
/// Memory: O(*N*·*D* + *D*²). A batch of one has no variance, and traps.
///
/// Source: Bardes, Ponce, LeCun. "VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised Learning."
/// ICLR 2022, section 4 and algorithm 1. <https://arxiv.org/abs/2105.04906>
public struct VICRegLoss: Hashable, Sendable {
  /// The weight λ of the distance between views.
  public let invariance: Double
  /// The weight μ of the spread.
  public let variance: Double
  /// The weight ν of the covariances.
  public let covariance: Double

  /// Creates the loss with the authors' weights, 25, 25 and 1.
  public init(invariance: Double = 25, variance: Double = 25, covariance: Double = 1) {
    precondition(
      invariance >= 0 && variance >= 0 && covariance >= 0,
      "weights must not be negative, got \(invariance), \(variance), \(covariance)")
    self.invariance = invariance
    self.variance = variance
    self.covariance = covariance
  }

  /// Returns the loss of two views of every example.
  ///
  /// - Parameters:
  ///   - first: Embeddings of one view, `[N, D]`, N ≥ 2.
  ///   - second: Embeddings of the other, `[N, D]`, in the same order.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor {
    checkViews(first, second)
    let (x, y) = (first.inLossPrecision(), second.inLossPrecision())
    let distance = (x - y).squared().mean()
    let spread = (Self.spread(x) + Self.spread(y)) / 2
    let redundancy = Self.redundancy(x) + Self.redundancy(y)
    return distance * invariance + spread * variance + redundancy * covariance
  }

  /// v(x): `[]`.
  private static func spread(_ x: Tensor) -> Tensor {
    (1 - (x.variance(0, correction: 1) + 1e-4).squareRoot()).relu().mean()
  }

  /// c(x): `[]`.
  private static func redundancy(_ x: Tensor) -> Tensor {
    let centred = x - x.mean(0)
    let covariance = centred.transposed().matrixProduct(centred) / Double(x.shape[0] - 1)  // [D, D]
    return offDiagonalSquares(covariance) / Double(x.shape[1])
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "vicreg", summary: "Partners agree, columns keep their variance and do not correlate",
    needs: [.pairs, .towers],
    formula: formula,
    variants: [.lightly: formula, .pml: formula],
    source: "Bardes, Ponce, LeCun. VICReg. ICLR 2022, <https://arxiv.org/abs/2105.04906>",
    parameters: [
      .init("invariance", standard: VICRegLoss().invariance, "the weight λ of the distance", origin: "the authors'"),
      .init("variance", standard: VICRegLoss().variance, "the weight μ of the spread", origin: "the authors'"),
      .init("covariance", standard: VICRegLoss().covariance, "the weight ν of the covariances", origin: "the authors'"),
    ])

  private static let formula =
    "λ·mean (x − y)² + μ·½ Σ_{x,y} mean max(0, 1 − √(Var + 10⁻⁴)) + ν·Σ_{x,y} 1/D · Σ_{j≠k} Cov²"
}

/// Σ_{j≠k} mⱼₖ² of a square matrix: `[]`.
func offDiagonalSquares(_ matrix: Tensor) -> Tensor {
  let identity = Tensor.identity(matrix.shape[0], type: matrix.type, on: matrix.device)
  return (matrix * (1 - identity)).squared().sum()
}

/// Traps unless two views have one shape, `[N, D]` with N ≥ 2.
func checkViews(_ first: Tensor, _ second: Tensor) {
  precondition(
    first.rank == 2 && first.shape == second.shape && first.shape[0] > 1,
    "two views of at least two examples expected, [N, D] each; got \(first.shape) and \(second.shape)")
}

extension Tensor {
  /// The tensor in the type that losses are computed in: `float64` as it is, everything else in `float32`.
  func inLossPrecision() -> Tensor { type == .float64 ? self : to(.float32) }
}
