import Basics
public import Tensors

/// The symmetric cross entropy of CLIP: every image is to find its own text among all texts of the batch, and every
/// text its own image.
///
/// With rows *x* (images) and *y* (texts) scaled to unit length, which this loss does itself, and a scale *s* = exp(*t*):
///
///     loss = ½ · 1/N · Σᵢ [ −log( exp(s·xᵢ·yᵢ) / Σₖ exp(s·xᵢ·yₖ) ) − log( exp(s·xᵢ·yᵢ) / Σₖ exp(s·xₖ·yᵢ) ) ]
///
/// Both directions are computed in one walk over the *N* × *N* similarities, which are never held at once.
///
/// The authors take every other text of the batch for wrong. Where texts are words that many images share that is often
/// untrue; `sharing` names such pairs, and they leave both sums: text *k* is then no negative of image *i*, nor image *i*
/// one of text *k*.
///
/// The logarithm *t* is what is learned. It begins at `initialLogScale`, and whoever trains it moves it back into
/// 0 ... `largestLogScale` after every step, as the authors do: a scale above 100 made their training unstable.
///
/// Source: Radford et al. "Learning Transferable Visual Models From Natural Language Supervision." ICML 2021,
/// section 2.5 and figure 3. <https://arxiv.org/abs/2103.00020>
public struct CLIPLoss: Hashable, Sendable {
  /// The logarithm of the scale that training begins with: ln(1/0.07).
  public static let initialLogScale = Double.log(1 / 0.07)

  /// The logarithm of the largest scale: ln 100.
  public static let largestLogScale = Double.log(100)

  /// Creates the loss.
  public init() {}

  /// Returns the loss of a batch of pairs.
  ///
  /// - Parameters:
  ///   - images: Embeddings of images, `[N, D]`, of any norm.
  ///   - texts: Embeddings of their texts, `[N, D]`, of any norm, in the same order.
  ///   - logScale: The logarithm *t* of the scale, `[]`.
  ///   - sharing: Pairs of an image and another's text that are not wrong; none unless told, as the authors have it.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`.
  public func callAsFunction(
    _ images: Tensor, _ texts: Tensor, logScale: Tensor, sharing: IgnoredPairs? = nil
  ) -> Tensor {
    precondition(images.shape == texts.shape, "as many texts as images expected, got \(images.shape), \(texts.shape)")
    let comparison = Comparison(
      anchors: images.normalized(), candidates: texts.normalized(),
      relation: sharing.map { .aligned.ignoring($0) } ?? .aligned, scale: logScale.exp())
    let (ofImages, ofTexts, positives) = comparison.reduced(
      .logSumExp(over: .compared), .logSumExp(over: .compared, per: .candidates), .mean(over: .positives))
    return comparison.mean((ofImages + ofTexts) / 2 - positives)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "clip", summary: "Images find their texts and texts their images; the scale is learned",
    needs: [.towers, .pairs], formula: formula, variants: [.paper: formula, .openCLIP: formula],
    source: "Radford et al. CLIP. ICML 2021, section 2.5, <https://arxiv.org/abs/2103.00020>",
    parameters: [
      .init(
        "scale", standard: Double.exp(initialLogScale), "the factor s of the cosines, learned",
        origin: "the authors', 1/0.07")
    ])

  private static let formula =
    "½ · 1/N · Σᵢ [ −log( exp(s·xᵢ·yᵢ) / Σₖ exp(s·xᵢ·yₖ) ) − log( exp(s·xᵢ·yᵢ) / Σₖ exp(s·xₖ·yᵢ) ) ]   x, y of unit length"
}
