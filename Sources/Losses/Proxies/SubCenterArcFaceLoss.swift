public import Tensors

/// `ArcFaceLoss` with several learned centres a class, of which the nearest counts: noise and rare poses find one of
/// their own.
///
///     loss = 1/N · Σᵢ −log( exp(s·tᵢ) / (exp(s·tᵢ) + Σ_{c≠yᵢ} exp(s·cos θ_c)) )      cos θ_c = max_k xᵢ·w_{c,k}
///
/// with tᵢ as in `ArcFaceLoss`. Centres are a parameter that the model declares; see `NormFaceLoss`.
///
/// Memory: O((*N* + *C*·*K*)·*D* + *N*·*K*·*D*) and one tile; the *N* × *C*·*K* cosines are never held at once.
///
/// Source: Deng, Guo, Liu, Gong, Zafeiriou. "Sub-center ArcFace: Boosting Face Recognition by Large-scale Noisy Web
/// Faces." ECCV 2020, section 3.2.
/// <https://www.ecva.net/papers/eccv_2020/papers_ECCV/papers/123560715.pdf>
public struct SubCenterArcFaceLoss: Hashable, Sendable {
  /// The number of centres a class, *K*.
  public let centersPerClass: Int
  /// The angle *m* that is added, in degrees.
  public let margin: Double
  /// The factor *s* of the cosines.
  public let scale: Double

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - centersPerClass: 3 is the authors'.
  ///   - margin: In degrees, from 0 to 180.
  ///   - scale: A positive number.
  public init(
    centersPerClass: Int = 3, margin: Double = ArcFaceLoss().margin, scale: Double = ArcFaceLoss().scale
  ) {
    precondition(centersPerClass > 0, "a class needs a centre, not \(centersPerClass)")
    precondition((0...180).contains(margin), "the margin is an angle from 0 to 180 degrees, not \(margin)")
    precondition(scale > 0, "the scale must be positive, not \(scale)")
    self.centersPerClass = centersPerClass
    self.margin = margin
    self.scale = scale
  }

  /// Returns the loss of rows with their classes.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`, of any norm.
  ///   - labels: `int64`, `[N]`, from 0 to below C.
  ///   - centers: `[C·K, D]`, of any norm: those of class 0, then those of class 1, and so on.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ rows: Tensor, labels: Tensor, centers: Tensor) -> Tensor {
    checkClasses(rows, labels: labels, centres: centers, perClass: centersPerClass)
    let tiles = ClassTiles(
      rows: rows.normalized(), centres: centers.normalized(), labels: labels, perClass: centersPerClass
    ) { [scale] in $0.max(-1) * scale }
    let target = widened(tiles.ownLogits() / scale, by: margin) * scale
    return (tiles.logSumOfOthers() - target).softplusExact().mean()
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "subcenter-arcface", summary: "ArcFace with several centres a class, the nearest of which counts",
    needs: [.classes],
    formula: formula,
    variants: [.paper: formula, .pml: formula],
    source: "Deng et al. Sub-center ArcFace. ECCV 2020",
    parameters: [
      .init(
        "centers", standard: Double(SubCenterArcFaceLoss().centersPerClass), "the number of centres a class",
        origin: "the authors'"),
      .init(
        "margin", standard: SubCenterArcFaceLoss().margin, "the angle m that is added, in degrees",
        origin: "0.5 radians"),
      .init("scale", standard: SubCenterArcFaceLoss().scale, "the factor s of the cosines", origin: "the authors'"),
    ])

  private static let formula =
    "1/N · Σᵢ −log( e^{s·t} / (e^{s·t} + Σ_{c≠y} e^{s·cos θ_c}) )   t = cos(θ_y + m), cos θ_c = max_k x·w_{c,k}"
}
