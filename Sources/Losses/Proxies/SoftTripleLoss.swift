public import Tensors

/// Classification by several learned centres a class, of which near ones count more.
///
/// The similarity of row *x* to class *c* is a mean over its *K* centres *w*, weighed by a softmax at temperature γ, all of
/// unit length; a row's own class must win by a margin δ:
///
///     S_{i,c} = Σₖ softmaxₖ(xᵢ·w_{c,k}/γ) · xᵢ·w_{c,k}
///     loss    = 1/N · Σᵢ −log( exp(λ·(S_{i,yᵢ} − δ)) / (exp(λ·(S_{i,yᵢ} − δ)) + Σ_{c≠yᵢ} exp(λ·S_{i,c})) )
///
/// The publication's term that merges superfluous centres is not part of it. Centres are a parameter that the model
/// declares; see `NormFaceLoss`.
///
/// Memory: O((*N* + *C*·*K*)·*D* + *N*·*K*·*D*) and one tile; the *N* × *C*·*K* similarities are never held at once.
///
/// Source: Qian, Shang, Sun, Hu, Li, Jin. "SoftTriple Loss: Deep Metric Learning Without Triplet Sampling." ICCV 2019,
/// equations 8 and 9. <https://arxiv.org/abs/1909.05235>
public struct SoftTripleLoss: Hashable, Sendable {
  /// The number of centres a class, *K*.
  public let centersPerClass: Int
  /// The factor λ of the similarities.
  public let scale: Double
  /// The temperature γ among the centres of a class.
  public let gamma: Double
  /// What is taken from the own class's similarity, δ.
  public let margin: Double

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - centersPerClass: 10 is the authors'.
  ///   - scale: A positive number; 20 is the authors'.
  ///   - gamma: A positive number; 0.1 is the authors'.
  ///   - margin: 0.01 is the authors'.
  public init(centersPerClass: Int = 10, scale: Double = 20, gamma: Double = 0.1, margin: Double = 0.01) {
    precondition(centersPerClass > 0, "a class needs a centre, not \(centersPerClass)")
    precondition(scale > 0 && gamma > 0, "λ and γ must be positive, not \(scale), \(gamma)")
    self.centersPerClass = centersPerClass
    self.scale = scale
    self.gamma = gamma
    self.margin = margin
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
    ) { [scale, gamma] in (($0 / gamma).softmax(along: -1) * $0).sum(-1) * scale }
    return (tiles.logSumOfOthers() - (tiles.ownLogits() - scale * margin)).softplusExact().mean()
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "softtriple", summary: "Classifies by several learned centres a class, mixed softly",
    needs: [.classes],
    formula: formula,
    variants: [.paper: formula, .pml: formula],
    source: "Qian et al. SoftTriple Loss. ICCV 2019, <https://arxiv.org/abs/1909.05235>",
    parameters: [
      .init(
        "centers", standard: Double(SoftTripleLoss().centersPerClass), "the number of centres a class",
        origin: "the authors'"),
      .init("scale", standard: SoftTripleLoss().scale, "the factor λ of the similarities", origin: "the authors'"),
      .init("gamma", standard: SoftTripleLoss().gamma, "the temperature γ among centres", origin: "the authors'"),
      .init(
        "margin", standard: SoftTripleLoss().margin, "what is taken from the own class's similarity, δ",
        origin: "the authors'"),
    ])

  private static let formula =
    "1/N · Σᵢ −log( e^{λ·(S_y − δ)} / (e^{λ·(S_y − δ)} + Σ_{c≠y} e^{λ·S_c}) )   S_c = Σₖ softmaxₖ(x·w_{c,k}/γ)·x·w_{c,k}"
}
