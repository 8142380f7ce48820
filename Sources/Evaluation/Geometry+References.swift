import Basics
public import Tensors

extension Geometry {
  /// The least uniformity that there can be in *D* dimensions: that of directions spread evenly over the sphere.
  ///
  /// The squared distance of two unit vectors is 2 − 2t with *t* their cosine, and of even directions
  ///
  ///     E exp(κ·t) = ₀F₁(; D/2; κ²/4) = Σₖ (κ²/4)ᵏ / (k! · D/2·(D/2 + 1)⋯(D/2 + k − 1))
  ///
  /// so that with κ = 4 the least is −4 + log ₀F₁(; D/2; 4): −0.69 at *D* = 1 (two points), nearly −4 in many dimensions. A finite sample can lie below it, since no row is paired with itself.
  ///
  /// Source: Wang, Isola (see `alignment(_:_:)`), theorem 1 and proposition 1: the uniform distribution alone reaches it.
  public static func leastUniformity(dimensions: Int) -> Double {
    precondition(dimensions > 0, "a sphere lies in one dimension or more, not \(dimensions)")
    var (sum, term, k) = (0.0, 1.0, 0.0)
    while term > sum * 1e-17 {
      sum += term
      k += 1
      term *= 4 / (k * (Double(dimensions) / 2 + k - 1))
    }
    return -4 + .log(sum)
  }

  /// How far apart two different items of one class lie: the mean of ‖xᵢ − xⱼ‖² over all such pairs *i* ≠ *j*, with rows
  /// scaled to unit length; the alignment where the class is what two items share.
  ///
  /// With the *n* rows of a class, Σᵢ≠ⱼ ‖xᵢ − xⱼ‖² = 2n·Σ‖xᵢ‖² − 2‖Σxᵢ‖²: time O(N·D), no pair is made.
  ///
  /// - Parameters:
  ///   - embeddings: `[N, D]`.
  ///   - labels: The class of every row, nil where it has none.
  /// - Returns: 0 … 4; nil where no class has two rows.
  public static func classAlignment(of embeddings: Tensor, labels: [Int?]) -> Double? {
    precondition(
      embeddings.rank == 2 && embeddings.shape[0] == labels.count,
      "a label or nil a row expected, got \(labels.count) for \(embeddings.shape)")
    let members = Dictionary(grouping: labels.indices.filter { labels[$0] != nil }) { labels[$0]! }
    return withoutGradient {
      var (sum, pairs) = (0.0, 0.0)
      for rows in members.values where rows.count > 1 {
        let z = embeddings.items(at: rows).to(.float64).normalized()
        let n = Double(rows.count)
        let total: Double = z.sum(0).squared().sum().item()
        let squares: Double = z.squared().sum().item()
        sum += 2 * n * squares - 2 * total
        pairs += n * (n - 1)
      }
      return pairs > 0 ? max(0, sum / pairs) : nil
    }
  }
}
