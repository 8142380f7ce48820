import Basics
public import Tensors

/// How embeddings are spread over the space they live in: figures that tell a healthy representation from a collapsed
/// one without any label.
///
/// All are computed in `float64` and are NaN when an embedding holds a NaN or an infinite number, so that they can be
/// logged while a run breaks.
public enum Geometry {
  /// The rows that `effectiveRank(of:)` looks at.
  public static let rankRows = 512

  /// How many dimensions the embeddings really use.
  ///
  /// With the singular values σ of the `[N, D]` matrix and pᵢ = σᵢ / Σσ,
  ///
  ///     effective rank = exp(−Σ pᵢ log pᵢ)
  ///
  /// between 1 (all embeddings on one line: collapsed) and min(*N*, *D*) (all directions used alike); 0 when all are
  /// zero. The embeddings are not centred: all of them in one point must give 1, and what centring leaves of a point
  /// is rounding, which looks as if it had full rank. Of more than 512 rows, 512 at even distances are taken, which
  /// bounds the time (about 0.1 s at *D* = 512) and the figure.
  ///
  /// Source: Roy, Vetterli. "The effective rank: a measure of effective dimensionality." EUSIPCO 2007. As a gauge of
  /// representations: Garrido, Balestriero, Najman, LeCun. "RankMe." ICML 2023. <https://arxiv.org/abs/2210.02885>
  public static func effectiveRank(of embeddings: Tensor) -> Double {
    checkShape(embeddings)
    let n = embeddings.shape[0]
    guard embeddings.count > 0 else { return 0 }
    let sample = n <= rankRows ? embeddings : embeddings.items(at: (0..<rankRows).map { $0 * n / rankRows })
    return withoutGradient {
      // LAPACK does not come back from a NaN.
      guard sample.isFinite().all() else { return .nan }
      let singular = sample.to(.float64).singularValues().values(as: Double.self)
      let sum = singular.reduce(0, +)
      guard sum > 0 else { return 0 }
      return .exp(-singular.map { $0 / sum }.filter { $0 > 0 }.reduce(0) { $0 + $1 * .log($1) })
    }
  }

  /// How far apart the two embeddings of one thing lie: the mean of ‖xᵢ − yᵢ‖² with rows scaled to unit length.
  ///
  /// 0 when the views of every example agree, 2 for unrelated directions, 4 for opposite ones. Low alignment is good
  /// only together with low `uniformity(of:)`: a collapsed encoder is perfectly aligned.
  ///
  /// Source: Wang, Isola. "Understanding Contrastive Representation Learning through Alignment and Uniformity on the
  /// Hypersphere." ICML 2020, α = 2. <https://arxiv.org/abs/2005.10242>
  ///
  /// - Parameters:
  ///   - first: `[N, D]`.
  ///   - second: `[N, D]`, in the same order.
  public static func alignment(_ first: Tensor, _ second: Tensor) -> Double {
    checkShape(first)
    precondition(
      first.shape == second.shape, "alignment takes two equal shapes, got \(first.shape) and \(second.shape)")
    return withoutGradient { (unit(first) - unit(second)).squared().sum(1).mean().item() }
  }

  /// How evenly embeddings cover the sphere: the logarithm of the mean of exp(−2‖xᵢ − xⱼ‖²) over all pairs *i* ≠ *j*,
  /// with rows scaled to unit length.
  ///
  /// 0 when all are equal, about −4 when directions are drawn at random in many dimensions; the lower, the more
  /// even. NaN for fewer than two rows. Time O(N²·D), memory O(N·D).
  ///
  /// Source: Wang, Isola (see `alignment(_:_:)`), t = 2.
  public static func uniformity(of embeddings: Tensor) -> Double {
    checkShape(embeddings)
    let n = embeddings.shape[0]
    guard n > 1 else { return .nan }
    return withoutGradient {
      let z = unit(embeddings)
      let squares = z.squared().sum(1)
      var sum = 0.0
      for start in stride(from: 0, to: n, by: 512) {
        let end = min(start + 512, n)
        // ‖x − y‖² = ‖x‖² + ‖y‖² − 2x·y, whose error of 10⁻¹⁶ does not matter under the exponential.
        let products = z[start..<end].matrixProduct(z.transposed())
        let distances = squares[start..<end].unsqueezed(1) + squares - products * 2
        let itself = Tensor.range(start..<end).unsqueezed(1) .== Tensor.range(0..<n)
        sum += (distances * -2).exp().filled(where: itself, with: 0).sum().item()
      }
      return .log(sum / (Double(n) * Double(n - 1)))
    }
  }

  /// How much a coordinate varies between embeddings: the standard deviation of every coordinate, averaged, with rows
  /// scaled to unit length.
  ///
  /// 0 when all are equal; 1/√*D* when directions are spread evenly. NaN for no rows.
  ///
  /// Source: Chen, He. "Exploring Simple Siamese Representation Learning." CVPR 2021, section 4.1.
  /// <https://arxiv.org/abs/2011.10566>
  public static func meanDeviation(of embeddings: Tensor) -> Double {
    checkShape(embeddings)
    guard embeddings.count > 0 else { return .nan }
    return withoutGradient { unit(embeddings).variance(0).squareRoot().mean().item() }
  }

  private static func unit(_ embeddings: Tensor) -> Tensor { embeddings.to(.float64).normalized() }

  private static func checkShape(_ embeddings: Tensor) {
    precondition(embeddings.rank == 2, "embeddings take the shape [N, D], got \(embeddings.shape)")
  }
}
