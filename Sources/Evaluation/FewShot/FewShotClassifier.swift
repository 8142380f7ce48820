import Search
public import Tensors

/// How the class of an item is guessed from a few labelled ones. Embeddings are scaled to unit length first.
///
/// A guess counts only where the right class stands before all others: ties count against, so that an encoder that has
/// collapsed to a point scores nothing. Computed in `float64`; scores within 10⁻¹² are equal.
public enum FewShotClassifier: String, Hashable, Sendable, Codable, CaseIterable {
  /// The class whose labelled items' mean is the nearest, by Euclidean distance.
  ///
  /// Source: Snell, Swersky, Zemel. "Prototypical Networks for Few-shot Learning." NeurIPS 2017, section 2.3,
  /// <https://arxiv.org/abs/1703.05175>; of frozen embeddings at unit length: Wang, Chao, Weinberger, van der Maaten.
  /// "SimpleShot." 2019. <https://arxiv.org/abs/1911.04623>
  case nearestMean

  /// The class of the nearest labelled item, the same as `nearestMean` where there is one a class.
  case nearestNeighbor

  /// Logistic regression on the labelled items: `LinearProbe` with C = 1, features as they are.
  ///
  /// Source: Tian, Wang, Krishnan, Tenenbaum, Isola. "Rethinking Few-Shot Image Classification: a Good Embedding Is All You
  /// Need?" ECCV 2020, section 3.3. <https://arxiv.org/abs/2003.11539>
  case linear

  private static let tolerance = 1e-12
  private static let block = 4096

  /// The share of queries that are guessed rightly, an episode each.
  ///
  /// - Parameters:
  ///   - episodes: What is asked, by places in `labelled` and `asked`.
  ///   - labelled: Embeddings `[N, D]` of which the support is.
  ///   - asked: Embeddings `[M, D]` of which the queries are; the same as `labelled` where both are of one set.
  /// - Throws: `InputError` when an embedding is not finite.
  public func accuracies(on episodes: [Episode], labelled: Tensor, asked: Tensor) throws -> [Double] {
    try labelled.requireFiniteRows("labelled item")
    try asked.requireFiniteRows("item")
    return try withoutGradient {
      try episodes.map { episode in
        let score = try scores(
          ways: episode.support.count, support: Self.rows(labelled, episode.support.flatMap(\.self)))
        let items = episode.queries.flatMap(\.self)
        let truth = episode.queries.enumerated().flatMap { way, items in items.map { _ in way } }
        var right = 0.0
        for start in stride(from: 0, to: items.count, by: Self.block) {
          let range = start..<min(start + Self.block, items.count)
          let scores = score(Self.rows(asked, Array(items[range])))  // [B, ways]
          let own = Tensor(Array(truth[range])).unsqueezed(1)
          let others = scores.filled(where: own .== Tensor.range(0..<episode.support.count), with: -.infinity).max(1)
          right += (others .< (scores.gathered(at: own, along: 1).squeezed(1) - Self.tolerance)).sum().item()
        }
        return right / Double(items.count)
      }
    }
  }

  private static func rows(_ all: Tensor, _ places: [Int]) -> Tensor {
    all.items(at: places).to(.float64).normalized()
  }

  /// Learns from labelled rows `[ways × shots, D]`, way by way: what gives queries `[B, D]` a score a class, `[B, ways]`.
  private func scores(ways: Int, support: Tensor) throws -> (Tensor) -> Tensor {
    let shots = support.shape[0] / ways
    switch self {
    case .nearestMean:
      let means = support.reshaped(ways, shots, support.shape[1]).mean(1)
      // −‖q − m‖² without ‖q‖², which all classes share.
      return { 2 * $0.matrixProduct(means.transposed()) - means.squared().sum(1) }
    case .nearestNeighbor:
      return { $0.matrixProduct(support.transposed()).reshaped($0.shape[0], ways, shots).max(2) }
    case .linear:
      let labels = (0..<ways).flatMap { [Int](repeating: $0, count: shots) }
      let classifier = try LinearProbe(scaling: .none).fit(support, labels: labels, classes: ways)
      let (weights, intercepts) = (
        classifier.planes.slice(0..<support.shape[1], along: 1), classifier.planes.item(support.shape[1], along: 1)
      )
      return { $0.linear(weights, bias: intercepts) }
    }
  }
}
