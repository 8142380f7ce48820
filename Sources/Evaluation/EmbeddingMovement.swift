import Basics
public import Tensors

/// How far changes of images move their embeddings, beside how far apart different images lie.
///
/// With *z*ᵢ the embedding of image *i* and *z*′ᵢ that of the changed image, both of unit length,
///
///     dᵢ = 1 − zᵢ·z′ᵢ              how far the change moves image i
///     mᵢ = 1/(N−1) · Σⱼ≠ᵢ (1 − zᵢ·zⱼ)     how far image i lies from another one
///     movement = Σᵢ dᵢ / Σᵢ mᵢ
///
/// 0 where the encoder does not notice the change, 1 where a changed image lies as far away as another image does. As a
/// share it can be compared between encoders, some of which spread images over the whole sphere and some over a small
/// part of it. Computed in `float64`; time O(N·D), no matrix of pairs is made.
public struct EmbeddingMovement {
  /// The mean distance between two different images, 0 … 2.
  public let meanDistance: Double

  private let images: Tensor
  /// *m*ᵢ of every image.
  private let distances: [Double]

  /// Takes the embeddings of images as they are.
  ///
  /// - Parameter images: `[N, D]`, of two images or more.
  public init(of images: Tensor) {
    precondition(images.rank == 2 && images.shape[0] > 1, "two embeddings [N, D] or more expected, got \(images.shape)")
    let count = Double(images.shape[0])
    self.images = Self.unit(images)
    // Σⱼ zᵢ·zⱼ over all j is zᵢ·Σz; the part of j = i is |zᵢ|², which is 0 for a row of zeros.
    let sum = self.images.sum(0)
    let products = (self.images * sum).sum(1) - self.images.squared().sum(1)
    distances = (1 - products / (count - 1)).values(as: Double.self)
    meanDistance = distances.reduce(0, +) / count
  }

  /// The movement by one change, as one figure an image whose mean it is.
  ///
  /// The figures are those of which a bootstrap of means tells the interval of the quotient: with *M* the mean distance
  /// and *r* the movement,
  ///
  ///     vᵢ = (dᵢ − 2r(mᵢ − M)) / M
  ///
  /// is *r* with what image *i* adds to both means, to first order; the 2 is there because every pair holds two images.
  ///
  /// Source: Hoeffding. "A Class of Statistics with Asymptotically Normal Distribution." Annals of Mathematical
  /// Statistics 19, 1948, for means over pairs.
  ///
  /// - Parameter changed: The embeddings of the changed images, in their order.
  /// - Returns: *N* figures; nil where all images have one embedding, to within rounding, and nothing can be compared.
  public func figures(for changed: Tensor) -> [Double]? {
    precondition(changed.shape == images.shape, "embeddings \(images.shape) expected, got \(changed.shape)")
    guard meanDistance > 1e-6 else { return nil }
    let moved = (1 - (images * Self.unit(changed)).sum(1)).values(as: Double.self)
    let movement = moved.reduce(0, +) / Double(moved.count) / meanDistance
    return zip(moved, distances).map { ($0 - 2 * movement * ($1 - meanDistance)) / meanDistance }
  }

  private static func unit(_ rows: Tensor) -> Tensor { withoutGradient { rows.to(.float64).normalized() } }
}
