import Basics
public import Tensors

/// Every pair of an image and a text is classified for itself: belongs together, or does not.
///
/// For images *x* and texts *y* of unit length, a scale *s* and a bias *b*, both learned:
///
///     loss = 1/N · Σᵢ [ log(1 + exp(−(s·xᵢ·yᵢ + b))) + Σ_{k≠i} log(1 + exp(s·xᵢ·yₖ + b)) ]
///
/// There is no denominator over the batch. Of the *N*² pairs *N* are positive; the bias begins far below 0, so that the
/// many negatives do not overwhelm the first steps.
///
/// Memory: O(*N*·*D*) beyond one tile of `Comparison`.
///
/// Source: Zhai, Mustafa, Kolesnikov, Beyer. "Sigmoid Loss for Language Image Pre-Training." ICCV 2023, equation 2 and
/// algorithm 1. <https://arxiv.org/abs/2303.15343>
public struct SigLIPLoss: Hashable, Sendable {
  /// The logarithm of the scale that training begins with: ln 10, the authors'.
  public static let initialLogScale = Double.log(10)

  /// The bias that training begins with: −10, the authors'.
  public static let initialBias = -10.0

  /// Creates the loss.
  public init() {}

  /// Returns the loss of a batch of pairs.
  ///
  /// - Parameters:
  ///   - images: `[N, D]`, of any norm.
  ///   - texts: `[N, D]`, of any norm, in the same order.
  ///   - logScale: ln *s*, `[]`.
  ///   - bias: *b*, `[]`.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ images: Tensor, _ texts: Tensor, logScale: Tensor, bias: Tensor) -> Tensor {
    self(images, texts, scale: logScale.exp(), bias: bias)
  }

  /// Returns the loss of a batch of pairs at a scale *s* itself, `[]`.
  public func callAsFunction(_ images: Tensor, _ texts: Tensor, scale: Tensor, bias: Tensor) -> Tensor {
    precondition(images.shape == texts.shape, "as many texts as images expected, got \(images.shape), \(texts.shape)")
    let comparison = Comparison(
      anchors: images.normalized(), candidates: texts.normalized(), relation: .aligned, scale: scale, bias: bias)
    let (positives, negatives) = comparison.reduced(
      .sum(.softplus(-1), over: .positives), .sum(.softplus(), over: .negatives))
    return comparison.mean(positives + negatives)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "siglip", summary: "Each pair of a batch is judged for itself: belongs together, or not",
    needs: [.towers, .pairs],
    formula: formula,
    variants: [.paper: formula, .openCLIP: formula],
    source: "Zhai et al. Sigmoid Loss for Language Image Pre-Training. ICCV 2023, <https://arxiv.org/abs/2303.15343>",
    parameters: [
      .init(
        "scale", standard: Double.exp(initialLogScale), "the factor s of the cosines, learned", origin: "the authors'"),
      .init("bias", standard: initialBias, "the bias b, learned", origin: "the authors'"),
    ])

  private static let formula =
    "1/N · Σᵢ [ log(1 + exp(−(s·xᵢ·yᵢ + b))) + Σ_{k≠i} log(1 + exp(s·xᵢ·yₖ + b)) ]   x, y of unit length"
}
