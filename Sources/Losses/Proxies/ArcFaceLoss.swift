import Basics
public import Tensors

/// Classification by angles, in which a row's own class must win by an angle.
///
///     loss = 1/N · Σᵢ −log( exp(s·tᵢ) / (exp(s·tᵢ) + Σ_{c≠yᵢ} exp(s·cos θ_c)) )
///     tᵢ   = cos(θ_yᵢ + m) while θ_yᵢ + m ≤ π, else cos θ_yᵢ − m·sin m, so that it never rises with the angle
///
/// θ is the angle between a row and a class's proxy. Proxies are a parameter that the model declares; see `NormFaceLoss`.
///
/// Source: Deng, Guo, Xue, Zafeiriou. "ArcFace: Additive Angular Margin Loss for Deep Face Recognition." CVPR 2019,
/// equation 3; the second case is that of the authors' code. <https://arxiv.org/abs/1801.07698>
public struct ArcFaceLoss: Hashable, Sendable {
  /// The angle *m* that is added, in degrees.
  public let margin: Double
  /// The factor *s* of the cosines.
  public let scale: Double

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - margin: In degrees, from 0 to 180. 28.6 is pytorch-metric-learning's; the authors' 0.5 radians are 28.65.
  ///   - scale: A positive number; 64 is the authors'.
  public init(margin: Double = 28.6, scale: Double = 64) {
    precondition((0...180).contains(margin), "the margin is an angle from 0 to 180 degrees, not \(margin)")
    precondition(scale > 0, "the scale must be positive, not \(scale)")
    self.margin = margin
    self.scale = scale
  }

  /// Returns the loss of rows with their classes.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`, of any norm.
  ///   - labels: `int64`, `[N]`, from 0 to below C.
  ///   - proxies: One a class, `[C, D]`, of any norm.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ rows: Tensor, labels: Tensor, proxies: Tensor) -> Tensor {
    let classified = ClassifiedRows(rows, labels: labels, proxies: proxies)
    return classified.crossEntropy(target: widened(classified.ownCosines, by: margin), scale: scale)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "arcface", summary: "NormFace with a margin on the own class's angle",
    needs: [.classes],
    formula: formula,
    variants: [.paper: formula, .pml: formula],
    source: "Deng et al. ArcFace. CVPR 2019, <https://arxiv.org/abs/1801.07698>",
    parameters: [
      .init("margin", standard: ArcFaceLoss().margin, "the angle m that is added, in degrees", origin: "0.5 radians"),
      .init("scale", standard: ArcFaceLoss().scale, "the factor s of the cosines", origin: "the authors'"),
    ])

  private static let formula =
    "1/N · Σᵢ −log( e^{s·t} / (e^{s·t} + Σ_{c≠y} e^{s·cos θ_c}) )   t = cos(θ_y + m)"
}

/// The cosine of an angle that is wider by a margin, from the cosine of the angle: cos(θ + m) = cos θ·cos m − sin θ·sin m.
///
/// The sine is not taken below 10⁻⁶, so that its gradient, cot θ, is finite where a row lies on its proxy.
///
/// - Parameter margin: In degrees.
func widened(_ cosines: Tensor, by margin: Double) -> Tensor {
  let m = margin * .pi / 180
  let sines = (1 - cosines.squared()).clamped(min: 1e-12).squareRoot()
  let wider = cosines * Double.cos(m) - sines * Double.sin(m)
  let fits = !(cosines .< -Double.cos(m))  // θ ≤ π − m
  return fits.select(wider, else: cosines - m * Double.sin(m))
}
