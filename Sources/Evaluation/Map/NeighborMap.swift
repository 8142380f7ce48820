import Basics
import Search
public import Tensors

/// A map of embeddings on a plane that keeps neighbours together: exact t-SNE.
///
/// In the embeddings' space item *i* takes item *j* for its neighbour with probability pⱼ|ᵢ, a Gaussian of their
/// distance that is as wide as makes 2^entropy the perplexity; together pᵢⱼ = (pⱼ|ᵢ + pᵢ|ⱼ)/2N. On the plane it is
/// qᵢⱼ ∝ (1 + ‖yᵢ − yⱼ‖²)⁻¹. The places y are those that descend from
///
///     KL(P‖Q) = Σᵢ≠ⱼ pᵢⱼ log(pᵢⱼ/qᵢⱼ)
///
/// the farthest within a number of iterations. Distances are those of rows scaled to unit length, as embeddings are
/// compared by their cosine. Near on the map means near in truth more often than not; how far groups lie from each other,
/// and how large they are, means little.
///
/// Everything is in `float64` and nothing is drawn at random: the descent begins with the two principal components and
/// runs on one thread, so that the same embeddings give the same map. Fewer than `fewest` items are mapped by their
/// principal components alone.
///
/// Time O(N²·iterations), about 3 s for 1,000 items in an optimised build; memory O(N²), at most `most` items.
///
/// Source: van der Maaten, Hinton. "Visualizing Data using t-SNE." JMLR 9, 2008.
/// <https://www.jmlr.org/papers/v9/vandermaaten08a.html>. The start and the rate: Kobak, Berens. "The art of using t-SNE
/// for single-cell transcriptomics." Nature Communications 10, 2019. <https://doi.org/10.1038/s41467-019-13056-x>
public struct NeighborMap: Hashable, Sendable {
  /// Below so many items, the principal components are the map.
  public static let fewest = 10

  /// More items than this are refused: their probabilities would take 32 MB.
  public static let most = 2000

  /// How many neighbours an item has, softly counted; of few items, at most a third of them.
  public let perplexity: Double

  /// Steps of the descent; the first quarter pulls neighbours together twelve times as hard.
  public let iterations: Int

  /// Where every item lies.
  public struct Places: Hashable, Sendable {
    /// The coordinates, one an item.
    public let x, y: [Double]

    /// KL(P‖Q) of these places; nil where they are the principal components.
    public let divergence: Double?
  }

  /// Creates a map maker.
  ///
  /// - Parameters:
  ///   - perplexity: The authors advise 5 … 50; 30 is what scikit-learn takes.
  ///   - iterations: The authors take 1000.
  public init(perplexity: Double = 30, iterations: Int = 1000) {
    precondition(perplexity > 1, "a perplexity is more than 1, not \(perplexity)")
    precondition(iterations > 0, "a map takes one iteration or more, not \(iterations)")
    self.perplexity = perplexity
    self.iterations = iterations
  }

  /// The perplexity for so many items: that which was chosen, or of few a third of an item's others.
  public func perplexity(among count: Int) -> Double { min(perplexity, Double(count - 1) / 3) }

  /// Maps embeddings `[N, D]` of any norm.
  ///
  /// - Throws: `InputError` when an embedding is not finite.
  public func places(of embeddings: Tensor) throws -> Places {
    try embeddings.requireFiniteRows("item")
    let count = embeddings.shape[0]
    precondition(count <= Self.most, "a map takes at most \(Self.most) items, got \(count)")
    if count == 0 { return Places(x: [], y: [], divergence: nil) }
    return withoutGradient {
      let unit = embeddings.to(.cpu).to(.float64).normalized()
      let start = unit.principalComponents(2)  // [N, 2]
      let (x, y) = (start.column(0), start.column(1))
      if count < Self.fewest { return Places(x: x, y: y, divergence: nil) }
      let squares = unit.distances(to: unit).squared().values(as: Double.self)
      let probabilities = NeighborProbabilities(
        squaredDistances: squares, count: count, perplexity: perplexity(among: count))
      var descent = MapDescent(probabilities, x: x, y: y)
      let early = max(1, iterations / 4)
      for _ in 0..<early { descent.step(exaggeration: MapDescent.earlyExaggeration, momentum: 0.5) }
      descent.rest()
      for _ in early..<max(early, iterations) { descent.step(exaggeration: 1, momentum: 0.8) }
      return Places(x: descent.x, y: descent.y, divergence: descent.divergence)
    }
  }
}

extension Tensor {
  /// One column of a matrix.
  fileprivate func column(_ number: Int) -> [Double] {
    slice(number..<number + 1, along: 1).values(as: Double.self)
  }
}
