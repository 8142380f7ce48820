public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How embeddings fill their space: what tells a collapse before any label does.
public enum Geometry {
  /// The effective rank: *e* to the entropy of the singular values, scaled to sum 1.
  ///
  ///     exp( −Σᵢ pᵢ·log pᵢ ),  pᵢ = σᵢ / Σⱼ σⱼ
  ///
  /// It is 1 when all rows lie on one line through the origin (a collapse) and *D* when they fill all dimensions alike.
  /// Rows are taken as they are, neither scaled nor centred. The σ are the roots of the eigenvalues of ZᵀZ, in
  /// `float64` on the processor: an error of 10⁻⁸ of the largest, for a time of O(*N*·*D*² + *D*³).
  ///
  /// Source: Roy, Vetterli. "The Effective Rank: A Measure of Effective Dimensionality." EUSIPCO 2007, definition 1.
  ///
  /// - Parameter embeddings: `[N, D]`.
  public static func effectiveRank(of embeddings: Tensor) -> Double {
    withoutGradient {
      let z = embeddings.detached().to(.cpu).to(.float64)
      let short = z.shape[0] < z.shape[1] ? z.matrixProduct(z.transposed()) : z.transposed().matrixProduct(z)
      let singular = short.symmetricEigen().values.values(as: Double.self).map { max($0, 0).squareRoot() }
      let total = singular.reduce(0, +)
      guard total > 0 else { return 0 }
      return exp(-singular.map { $0 / total }.filter { $0 > 0 }.reduce(0) { $0 + $1 * log($1) })
    }
  }

  /// The mean of ‖x − y‖² over pairs of views of one example, scaled to unit length: 0 when views agree, 2 when they are
  /// unrelated.
  ///
  /// Source: Wang, Isola. "Understanding Contrastive Representation Learning through Alignment and Uniformity on the
  /// Hypersphere." ICML 2020, section 4.1. <https://arxiv.org/abs/2005.10242>
  public static func alignment(_ first: Tensor, _ second: Tensor) -> Double {
    precondition(first.shape == second.shape, "alignment takes pairs, got \(first.shape) and \(second.shape)")
    return withoutGradient { (first.normalized() - second.normalized()).squared().sum(1).mean().item() }
  }

  /// log of the mean of exp(−2·‖x − y‖²) over pairs of different rows, scaled to unit length: 0 for a collapse, lower
  /// the more evenly they cover the sphere.
  ///
  /// Source: as `alignment`, section 4.1.2, with *t* = 2. Time O(*N*²·*D*); a chunk of rows is held at a time.
  ///
  /// - Parameter embeddings: `[N, D]` with *N* ≥ 2.
  public static func uniformity(of embeddings: Tensor) -> Double {
    let n = embeddings.shape[0]
    precondition(n >= 2, "uniformity takes two rows or more, got \(n)")
    return withoutGradient {
      let z = embeddings.detached().normalized()
      let length = max(1, (1 << 22) / n)
      var sum = 0.0
      for start in stride(from: 0, to: n, by: length) {
        let rows = z[start..<min(start + length, n)]
        // ‖x − y‖² = 2 − 2·x·y; a row with itself is left out as exp(−∞).
        let exponents = (rows.matrixProduct(z.transposed()) - 1) * 4.0
        exponents.diagonal(start).fill(-.infinity)
        sum += exponents.exp().sum(1).to(.cpu).to(.float64).sum().item()
      }
      return log(sum / (Double(n) * Double(n - 1)))
    }
  }

  /// The mean over dimensions of the standard deviation of unit-length embeddings: near 1/√*D* when they spread over the
  /// sphere, 0 for a collapse.
  ///
  /// Source: Chen, He. "Exploring Simple Siamese Representation Learning." CVPR 2021, section 4.1.
  /// <https://arxiv.org/abs/2011.10566>
  public static func meanDeviation(of embeddings: Tensor) -> Double {
    withoutGradient { embeddings.normalized().variance(0).squareRoot().mean().item() }
  }
}
