public import Tensors

/// CoSENT with an angle in the complex plane in the place of the cosine, whose gradient does not fade where two
/// embeddings are almost alike.
///
/// The halves of a unit vector are the real and imaginary parts of a complex one: *x* = *a* + *i*·*b*, *y* = *c* + *i*·*d*
/// (an odd length gets a zero at its end). The similarity of a pair is
///
///     s = | Σ (a·c + b·d) + Σ (b·c − a·d) |
///
/// and the loss that of `CoSENTLoss`. This is the angle part of the publication's objective, as its authors' code and
/// sentence-transformers compute it; the publication adds the cosine and an in-batch part (`WeightedSum` does that).
///
/// Source: Li, Li. "AnglE-optimized Text Embeddings." ACL 2024, section 3.4. <https://arxiv.org/abs/2309.12871>
public struct AnglELoss: Hashable, Sendable {
  /// The factor of the similarities.
  public let scale: Double

  /// Creates the loss.
  ///
  /// - Parameter scale: A positive number; 20 is the authors' (1 over τ = 0.05), and sentence-transformers'.
  public init(scale: Double = 20) {
    precondition(scale > 0, "the scale must be positive, not \(scale)")
    self.scale = scale
  }

  /// Returns the loss of graded pairs.
  ///
  /// - Parameters:
  ///   - first: One side of every pair, `[P, D]`, of any norm.
  ///   - second: The other side, `[P, D]`, in the same order.
  ///   - grades: How similar the sides are, in any unit, `[P]`; what is not finite traps.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ first: Tensor, _ second: Tensor, grades: Tensor) -> Tensor {
    checkGradedPairs(first, second, grades)
    return RankedGrades(grades).logSumOfViolations(Self.similarities(first, second) * scale)
  }

  /// The similarity *s* of every pair, `[P]`.
  static func similarities(_ first: Tensor, _ second: Tensor) -> Tensor {
    let (x, y) = (first.normalized(), second.normalized())
    let half = (first.shape[1] + 1) / 2
    func parts(_ z: Tensor) -> (real: Tensor, imaginary: Tensor) {
      let rest = z.slice(half..<z.shape[1], along: 1)
      let missing = 2 * half - z.shape[1]
      let padding = Tensor.zeros([z.shape[0], missing], type: z.type, on: z.device)
      return (z.slice(0..<half, along: 1), missing == 0 ? rest : .concatenation([rest, padding], along: 1))
    }
    let ((a, b), (c, d)) = (parts(x), parts(y))
    return ((x * y).sum(-1) + (b * c - a * d).sum(-1)).magnitude()
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "angle", summary: "CoSENT with angles between halves of the rows in place of cosines",
    needs: [.gradedPairs],
    formula: formula,
    variants: [.sentenceTransformers: formula],
    source: "Li, Li. AnglE-optimized Text Embeddings. ACL 2024, <https://arxiv.org/abs/2309.12871>",
    parameters: [
      .init("scale", standard: AnglELoss().scale, "the factor λ of the similarities", origin: "the authors', 1/0.05")
    ])

  private static let formula =
    "log(1 + Σ_{gₚ<g_q} exp(λ·(sₚ − s_q)))   s = |Re x·ȳ + Im x·ȳ| of complex halves, g = the grade of a pair"
}
