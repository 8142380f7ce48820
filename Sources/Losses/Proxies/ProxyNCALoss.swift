public import Tensors

/// Neighbourhood component analysis with a learned proxy of each class in the place of its examples.
///
/// For rows *x* of classes *y*, proxies *p*, all of unit length, and d(x, p) = λ·‖x − p‖²:
///
///     loss = 1/N · Σᵢ −log( exp(−d(xᵢ, p_yᵢ)) / Σ_{c≠yᵢ} exp(−d(xᵢ, p_c)) )
///
/// As in the publication, the own proxy is not in the denominator, and the loss can become negative; with the semantics
/// `pml` it is, which makes it a `NormFaceLoss` of temperature 1/(2λ).
///
/// Proxies are a parameter that the model declares; see `NormFaceLoss`.
///
/// Source: Movshovitz-Attias, Toshev, Leung, Ioffe, Singh. "No Fuss Distance Metric Learning using Proxies." ICCV 2017,
/// equation 8. <https://arxiv.org/abs/1703.07464>
public struct ProxyNCALoss: Hashable, Sendable {
  /// The factor λ of the squared distances.
  public let scale: Double
  /// Whose numbers are computed.
  public let semantics: Semantics

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - scale: A positive number; 1 is the authors', and pytorch-metric-learning's.
  ///   - semantics: `paper` or `pml`.
  public init(scale: Double = 1, semantics: Semantics = .paper) {
    precondition(scale > 0, "the scale must be positive, not \(scale)")
    semantics.require(among: Self.variants, of: "ProxyNCALoss")
    self.scale = scale
    self.semantics = semantics
  }

  /// Returns the loss of rows with their classes.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`, of any norm.
  ///   - labels: `int64`, `[N]`, from 0 to below C.
  ///   - proxies: One a class, `[C, D]`, of any norm; two at least for `paper`.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ rows: Tensor, labels: Tensor, proxies: Tensor) -> Tensor {
    let classified = ClassifiedRows(rows, labels: labels, proxies: proxies)
    // −λ·‖x − p‖² = 2λ·x·p − 2λ, whose second part is in numerator and denominator.
    if semantics == .pml { return classified.crossEntropy(target: classified.ownCosines, scale: 2 * scale) }
    precondition(proxies.shape[0] > 1, "a proxy to tell the own one from expected, got one class")
    let others = classified.logSumOfOthers(scale: 2 * scale)
    let own = classified.ownCosines
    return (others - own.to(others.type) * (2 * scale)).mean().to(own.type)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "proxynca", summary: "Each row is near its class's proxy and far from the others",
    needs: [.classes], formula: paperFormula, variants: variants,
    source: "Movshovitz-Attias et al. No Fuss Distance Metric Learning. ICCV 2017, <https://arxiv.org/abs/1703.07464>",
    parameters: [
      .init("scale", standard: ProxyNCALoss().scale, "the factor λ of the squared distances", origin: "the authors'")
    ])

  private static let paperFormula =
    "1/N · Σᵢ −log( exp(−λ·‖xᵢ − p_yᵢ‖²) / Σ_{c≠yᵢ} exp(−λ·‖xᵢ − p_c‖²) )   rows x and proxies p of unit length"

  /// The formulas of the semantics that the loss knows.
  private static let variants: [Semantics: String] = [
    .paper: paperFormula,
    .pml: "1/N · Σᵢ −log( exp(−λ·‖xᵢ − p_yᵢ‖²) / Σ_c exp(−λ·‖xᵢ − p_c‖²) )   rows x and proxies p of unit length",
  ]
}
