public import Tensors

/// Classification by cosines, in which a row's own class must win by a margin.
///
///     loss = 1/N · Σᵢ −log( exp(s·(cos θ_yᵢ − m)) / (exp(s·(cos θ_yᵢ − m)) + Σ_{c≠yᵢ} exp(s·cos θ_c)) )
///
/// θ is the angle between a row and a class's proxy. Proxies are a parameter that the model declares; see `NormFaceLoss`.
///
/// Source: Wang et al. "CosFace: Large Margin Cosine Loss for Deep Face Recognition." CVPR 2018, equation 4.
/// <https://arxiv.org/abs/1801.09414>
public struct CosFaceLoss: Hashable, Sendable {
  /// What is taken from the cosine of the own class, *m*.
  public let margin: Double
  /// The factor *s* of the cosines.
  public let scale: Double

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - margin: 0.35 is the authors'.
  ///   - scale: A positive number; 64 is the authors'.
  public init(margin: Double = 0.35, scale: Double = 64) {
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
    return classified.crossEntropy(target: classified.ownCosines - margin, scale: scale)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "cosface", summary: "NormFace with a margin on the own class's cosine",
    needs: [.classes],
    formula: formula,
    variants: [.paper: formula, .pml: formula],
    source: "Wang et al. CosFace. CVPR 2018, <https://arxiv.org/abs/1801.09414>",
    parameters: [
      .init(
        "margin", standard: CosFaceLoss().margin, "what is taken from the own class's cosine", origin: "the authors'"),
      .init("scale", standard: CosFaceLoss().scale, "the factor s of the cosines", origin: "the authors'"),
    ])

  private static let formula =
    "1/N · Σᵢ −log( e^{s·(cos θ_y − m)} / (e^{s·(cos θ_y − m)} + Σ_{c≠y} e^{s·cos θ_c}) )"
}
