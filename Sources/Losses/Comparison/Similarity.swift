import Tensors

/// How alike two rows are, before scale and bias make a logit of it.
///
/// All are made of the product of two matrices, aᵢ·cₖ, tile by tile. For cosine similarities, and for distances on the
/// unit sphere, normalise the rows first (`Tensor.normalized()`).
public enum Similarity: String, Hashable, Sendable, CaseIterable {
  /// aᵢ·cₖ.
  case dot
  /// |aᵢ − cₖ|², as |aᵢ|² + |cₖ|² − 2·aᵢ·cₖ, not below 0. Rows much nearer to each other than to the origin lose
  /// digits: the error is about ε·(|aᵢ|² + |cₖ|²), ε = 6·10⁻⁸ in `float32`.
  case squaredDistance
  /// |aᵢ − cₖ|, the root of the above: unit rows that are equal may have a distance up to some 5·10⁻⁴ in `float32`.
  /// Its gradient at 0 is taken as 0.
  case distance
}

extension Similarity {
  /// The similarities of a tile from its products, which may be overwritten.
  ///
  /// - Parameter norms: |aᵢ|² and |cₖ|² of the tile, where this is a distance.
  func values(of products: Tensor, norms: (anchors: Tensor, candidates: Tensor)?) -> Tensor {
    guard let norms else { return products }
    let squares = (norms.anchors.unsqueezed(1) + norms.candidates.unsqueezed(0) - products * 2).clamped(min: 0)
    guard self == .distance else { return squares }
    // The root's gradient at 0 is infinite, and would be NaN after being multiplied with that of the clamp.
    let isZero = squares .== 0
    return squares.filled(where: isZero, with: 1).squareRoot().filled(where: isZero, with: 0)
  }

  /// ∂/∂(aᵢ·cₖ) of a function, up to the factor −2 of the distances, from its gradient by the similarity.
  func coefficients(_ gradient: Tensor, at values: Tensor) -> Tensor {
    switch self {
    case .dot, .squaredDistance: gradient
    case .distance: (gradient / (values * 2)).filled(where: values .== 0, with: 0)
    }
  }
}
