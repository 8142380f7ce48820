public import Tensors
import Search

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Classification of embeddings by a weighted vote of their nearest neighbours: a measure of a representation that trains
/// nothing.
///
/// The score of a class is the sum of the weights of those of the *k* nearest gallery items that belong to it. Items
/// without label neither vote nor count.
///
/// Source: Wu, Xiong, Yu, Lin. "Unsupervised Feature Learning via Non-Parametric Instance Discrimination." CVPR 2018,
/// section 3.4. <https://arxiv.org/abs/1805.01978>
public struct NearestNeighbors: Hashable, Sendable {
  /// What a neighbour's vote weighs.
  public enum Weighting: Hashable, Sendable {
    /// Neighbours by cosine similarity *s*; a vote weighs exp(*s*/T).
    case cosine(temperature: Double)
    /// Neighbours by Euclidean distance *d*; a vote weighs 1/(*d* + ε).
    case euclidean(epsilon: Double)
  }

  /// The number of neighbours that vote.
  public let k: Int

  /// What a vote weighs.
  public let weighting: Weighting

  /// Creates a classifier.
  ///
  /// The defaults are those of the source, of MoCo's followers and of lightly.
  public init(k: Int = 200, weighting: Weighting = .cosine(temperature: 0.1)) {
    precondition(k > 0, "the number of neighbours must be positive, not \(k)")
    self.k = k
    self.weighting = weighting
  }

  /// lightly's: 200 neighbours, T = 0.1.
  public static let lightly = NearestNeighbors()

  /// solo-learn's by cosine: 20 neighbours, T = 0.07.
  public static let soloLearn = NearestNeighbors(k: 20, weighting: .cosine(temperature: 0.07))

  /// solo-learn's by distance: 20 neighbours, ε = 10⁻⁸.
  public static let soloLearnEuclidean = NearestNeighbors(k: 20, weighting: .euclidean(epsilon: 1e-8))

  /// The accuracy on queries with a gallery of other items.
  ///
  /// - Parameters:
  ///   - queries: `[Q, D]`, of any norm.
  ///   - labels: The class of every query, nil where it is not known.
  ///   - gallery: `[N, D]`.
  ///   - galleryLabels: The class of every item of the gallery.
  public func accuracy(
    of queries: Tensor, labels: [Int?], gallery: Tensor, galleryLabels: [Int?]
  ) -> ClassificationAccuracy {
    check(queries, labels)
    check(gallery, galleryLabels)
    let (queries, asked) = labeled(queries, labels)
    let (gallery, known) = labeled(gallery, galleryLabels)
    return vote(queries, asked, gallery, known, leavingOneOut: false)
  }

  /// The accuracy on items of which each is classified by all others.
  public func accuracyLeavingOneOut(of embeddings: Tensor, labels: [Int?]) -> ClassificationAccuracy {
    check(embeddings, labels)
    let (embeddings, known) = labeled(embeddings, labels)
    return vote(embeddings, known, embeddings, known, leavingOneOut: true)
  }

  private func check(_ embeddings: Tensor, _ labels: [Int?]) {
    precondition(
      embeddings.rank == 2 && embeddings.shape[0] == labels.count,
      "embeddings [N, D] with N labels expected, got \(embeddings.shape) and \(labels.count)")
  }

  private func vote(
    _ queries: Tensor, _ asked: [Int], _ gallery: Tensor, _ known: [Int], leavingOneOut: Bool
  ) -> ClassificationAccuracy {
    let classes = Classes(of: known)
    let numbers = known.map { classes[$0]! }
    let measure: Neighbors.Measure = if case .cosine = weighting { .cosine } else { .euclidean }
    var othersAhead: [Int] = []
    othersAhead.reserveCapacity(asked.count)
    Neighbors(in: gallery, by: measure).forEach(k, of: queries, leavingOneOut: leavingOneOut) { query, matches in
      var scores = [Double](repeating: 0, count: classes.labels.count)
      for match in matches {
        // Relative to the nearest, which changes all scores by one factor: exp(s/T) itself may overflow.
        scores[numbers[match.index]] += weight(match.similarity, nearest: matches[0].similarity)
      }
      let own = classes[asked[query]]
      let score = own.map { scores[$0] } ?? 0
      othersAhead.append(scores.indices.count { $0 != own && !(scores[$0] < score) })
    }
    return ClassificationAccuracy(othersAhead: othersAhead)
  }

  private func weight(_ similarity: Double, nearest: Double) -> Double {
    switch weighting {
    case .cosine(let temperature): exp((similarity - nearest) / temperature)
    case .euclidean(let epsilon): 1 / (-similarity + epsilon)
    }
  }
}

/// The rows that have a label, with their labels.
func labeled(_ embeddings: Tensor, _ labels: [Int?]) -> (Tensor, [Int]) {
  let places = labels.indices.filter { labels[$0] != nil }
  return (
    places.count == labels.count ? embeddings : embeddings.items(at: places), places.map { labels[$0]! }
  )
}
