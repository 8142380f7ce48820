public import Tensors

/// Gradients cut to a largest norm over all of them together.
public enum GradientClipping {
  /// Returns the gradients times min(1, largest / (norm + 10⁻⁶)), and their norm before.
  ///
  /// They come back as new tensors: two gradients may be one tensor in memory (those of *a* + *b* are), which a product
  /// in place would shrink twice.
  ///
  /// - Parameters:
  ///   - gradients: Of any shapes; nil where there is none.
  ///   - largest: The norm that all gradients together may have.
  public static func clipped(
    _ gradients: [Tensor?], to largest: Double
  ) -> (gradients: [Tensor?], norm: Tensor) {
    precondition(largest > 0, "the largest norm must be positive, got \(largest)")
    return withoutGradient {
      let norm = norm(of: gradients)
      let factor = (largest / (norm + 1e-6)).clamped(max: 1)
      return (gradients.map { $0.map { $0 * factor } }, norm)
    }
  }

  /// The Euclidean norm of all gradients together, a scalar.
  public static func norm(of gradients: [Tensor?]) -> Tensor {
    let present = gradients.compactMap { $0 }
    guard !present.isEmpty else { return Tensor(0) }
    return withoutGradient { Tensor.stack(TensorLists.norms(present)).norm() }
  }
}
