public import Tensors

/// Any loss, on the first few columns of the embeddings as well as on all: embeddings that can be cut short later.
///
///     loss = Σ_d w_d·L(x₁…x_d)
///
/// The parts are handed to the loss as they are cut; one that compares cosines scales them to unit length itself.
///
///     let loss = MatryoshkaLoss(sizes: [256, 128, 64]) { MNRLLoss()($0[0], $0[1]) }
///     loss([queries, documents])
///
/// Source: Kusupati et al. "Matryoshka Representation Learning." NeurIPS 2022, equation 1.
/// <https://arxiv.org/abs/2205.13147>
public struct MatryoshkaLoss {
  /// The numbers of columns that embeddings are cut to.
  public let sizes: [Int]
  /// The weight of each.
  public let weights: [Double]

  private let loss: ([Tensor]) -> Tensor

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - sizes: At least one number of columns, each positive.
  ///   - weights: One a size; all 1 unless told, as the authors have it.
  ///   - loss: What is computed of embeddings that are cut.
  public init(sizes: [Int], weights: [Double]? = nil, of loss: @escaping ([Tensor]) -> Tensor) {
    precondition(!sizes.isEmpty && sizes.allSatisfy { $0 > 0 }, "positive sizes expected, got \(sizes)")
    precondition(weights == nil || weights!.count == sizes.count, "a weight for each of \(sizes), got \(weights!)")
    self.sizes = sizes
    self.weights = weights ?? sizes.map { _ in 1 }
    self.loss = loss
  }

  /// Returns the weighted sum over all sizes.
  ///
  /// - Parameter embeddings: What the loss takes, `[…, D]` each, D no less than the largest size.
  /// - Returns: A scalar, `[]`.
  public func callAsFunction(_ embeddings: [Tensor]) -> Tensor {
    let parts = zip(sizes, weights).map { size, weight in
      loss(
        embeddings.map { tensor in
          let width = tensor.shape.last ?? 0
          precondition(size <= width, "embeddings of \(width) columns cannot be cut to \(size)")
          return tensor.slice(0..<size, along: tensor.rank - 1)
        }) * weight
    }
    return parts.dropFirst().reduce(parts[0], +)
  }
}
