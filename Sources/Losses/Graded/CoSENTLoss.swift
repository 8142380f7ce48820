public import Tensors

/// Of two pairs with different grades, the one with the higher grade is to have the higher cosine similarity.
///
/// With the cosine *sₚ* of pair *p*, its grade *gₚ* and a scale λ:
///
///     loss = log( 1 + Σ_{p, q: gₚ < g_q} exp(λ·(sₚ − s_q)) )
///
/// Only the order of the grades counts, so that any scale of annotation will do. Pairs with equal grades are not
/// compared; where all grades are equal (a batch of one pair among them), the loss is 0, and so is its gradient.
///
/// Time O(*P*·(*D* + log *P*)), memory O(*P*·*D*): the *P*² couples of pairs are never held.
///
/// Source: Su. "CoSENT (I): a more effective sentence embedding than Sentence-BERT." 2022,
/// <https://kexue.fm/archives/8847>; Huang et al. "CoSENT: Consistent Sentence Embedding via Similarity Ranking."
/// IEEE/ACM Transactions on Audio, Speech and Language Processing 32, 2024.
public struct CoSENTLoss: Hashable, Sendable {
  /// The factor λ of the cosines.
  public let scale: Double

  /// Creates the loss.
  ///
  /// - Parameter scale: A positive number; 20 is the author's, and sentence-transformers'.
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
    let cosines = (first.normalized() * second.normalized()).sum(-1)
    return RankedGrades(grades).logSumOfViolations(cosines * scale)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "cosent", summary: "Pairs of a higher grade have the higher cosines",
    needs: [.gradedPairs],
    formula: formula,
    variants: [.paper: formula, .sentenceTransformers: formula],
    source: "Su. CoSENT. 2022, <https://kexue.fm/archives/8847>; Huang et al. IEEE/ACM TASLP 32, 2024",
    parameters: [
      .init(
        "scale", standard: CoSENTLoss().scale, "the factor λ of the cosines",
        origin: "the author's, and sentence-transformers'")
    ])

  private static let formula =
    "log(1 + Σ_{gₚ<g_q} exp(λ·(sₚ − s_q)))   s = cosine of a pair, g = its grade"
}

/// Traps unless two sides of pairs and their grades fit.
func checkGradedPairs(_ first: Tensor, _ second: Tensor, _ grades: Tensor) {
  precondition(
    first.rank == 2 && first.shape == second.shape && grades.shape == [first.shape[0]],
    "graded pairs take [P, D], [P, D] and [P], got \(first.shape), \(second.shape) and \(grades.shape)")
  precondition(grades.to(.float64).isFinite().all(), "grades must be finite numbers")
}
