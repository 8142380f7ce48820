public import Tensors

/// Every class's proxy is an anchor: it pulls the rows of its class that are far, and pushes others that are near.
///
/// For proxies *p*, of which those in *P⁺* have rows in the batch, rows *x*, all of unit length, *X⁺* those of a proxy's
/// class and *X⁻* the others:
///
///     loss = 1/|P⁺| · Σ_{p∈P⁺} log(1 + Σ_{x∈X⁺} exp(−α·(x·p − δ))) + 1/|P| · Σ_p log(1 + Σ_{x∈X⁻} exp(α·(x·p + δ)))
///
/// Proxies are a parameter that the model declares; see `NormFaceLoss`.
///
/// Memory: O((*N* + *C*)·*D*) beyond one tile of `Comparison`.
///
/// Source: Kim, Kim, Cho, Kwak. "Proxy Anchor Loss for Deep Metric Learning." CVPR 2020, equation 4.
/// <https://arxiv.org/abs/2003.13911>
public struct ProxyAnchorLoss: Hashable, Sendable {
  /// The margin δ.
  public let margin: Double
  /// The factor α.
  public let scale: Double

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - margin: δ; 0.1 is the authors'.
  ///   - scale: α, a positive number; 32 is the authors'.
  public init(margin: Double = 0.1, scale: Double = 32) {
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
    checkClasses(rows, labels: labels, centres: proxies, perClass: 1)
    let classes = proxies.shape[0]
    let comparison = Comparison(
      anchors: proxies.normalized(), candidates: rows.normalized(),
      relation: .labels(anchors: .range(0..<classes, on: labels.device), candidates: labels))
    let shift = ElementFunction.Offset.number(scale * margin)
    let (own, others, count) = comparison.reduced(
      .logSumExp(.linear(-scale, plus: shift), over: .positives),
      .logSumExp(.linear(scale, plus: shift), over: .negatives), .count(over: .positives))
    // A proxy without rows has log Σ = −∞, and log(1 + 0) = 0.
    let pull = own.softplusExact().sum() / (count .> 0).sum().to(own.type)
    return comparison.mean(others.softplusExact()) + pull.to(comparison.type)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "proxyanchor", summary: "Each proxy pulls its far rows, and pushes near ones of other classes",
    needs: [.classes],
    formula: formula,
    variants: [.paper: formula, .pml: formula],
    source: "Kim et al. Proxy Anchor Loss. CVPR 2020, <https://arxiv.org/abs/2003.13911>",
    parameters: [
      .init("margin", standard: ProxyAnchorLoss().margin, "the margin δ", origin: "the authors'"),
      .init("scale", standard: ProxyAnchorLoss().scale, "the factor α", origin: "the authors'"),
    ])

  private static let formula =
    "1/|P⁺| · Σ_{p∈P⁺} log(1 + Σ_{own x} e^{−α·(x·p − δ)}) + 1/|P| · Σ_p log(1 + Σ_{other x} e^{α·(x·p + δ)})"
}
