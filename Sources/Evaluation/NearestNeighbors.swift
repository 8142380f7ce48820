import Basics
import Search
public import Tensors

/// Classification by the labels of the nearest embeddings: how good a representation is, with nothing to train.
///
/// Every query takes its *k* nearest gallery items, each of which votes for its own class:
///
///     votes(c) = Σ weight(query, item)    over the k nearest items of class c
///
/// The class with the most votes is the guess; of classes with equal votes, the one with the lower index. A class
/// without votes is never guessed. The k nearest are exact, and of equally near items the earlier ones are taken.
/// Items without a label take no part: they neither vote nor count.
///
/// Time O(queries·gallery·D), memory O(gallery·D) and a tile of similarities.
///
/// Source: Wu, Xiong, Yu, Lin. "Unsupervised Feature Learning via Non-Parametric Instance Discrimination." CVPR 2018,
/// section 3.4. <https://arxiv.org/abs/1805.01978>
public struct NearestNeighbors: Hashable, Sendable, Codable {
  /// How much a neighbour's vote weighs.
  public enum Weighting: Hashable, Sendable, Codable {
    /// exp(s/T) with the cosine similarity *s* and the temperature *T*; the nearest are those of the highest *s*.
    case cosine(temperature: Double)
    /// 1/(d + ε) with the Euclidean distance *d* of the embeddings as they are, not scaled to unit length.
    case euclidean(epsilon: Double = 1e-5)
  }

  /// How many neighbours vote; all when the gallery has fewer.
  public let k: Int

  /// How much their votes weigh.
  public let weighting: Weighting

  /// Creates a classifier.
  ///
  /// - Parameters:
  ///   - k: MoCo's and lightly's 200; solo-learn takes 20.
  ///   - weighting: MoCo's and lightly's temperature 0.1; solo-learn takes 0.07, or Euclidean distances with ε = 10⁻⁵.
  public init(k: Int = 200, weighting: Weighting = .cosine(temperature: 0.1)) {
    precondition(k > 0, "at least one neighbour must vote, not \(k)")
    switch weighting {
    case .cosine(let temperature): precondition(temperature > 0, "temperature must be positive, not \(temperature)")
    case .euclidean(let epsilon): precondition(epsilon > 0, "ε must be positive, not \(epsilon)")
    }
    self.k = k
    self.weighting = weighting
  }

  /// Classifies queries by the labels of a gallery that they are no part of.
  ///
  /// - Parameters:
  ///   - queries: Embeddings `[N, D]`.
  ///   - labels: The true class of every query, 0 ..< `classes`, nil where it is not known.
  ///   - gallery: Embeddings `[M, D]`.
  ///   - galleryLabels: The class of every gallery item, nil where it is not known.
  ///   - classes: How many classes there are.
  /// - Throws: `InputError` when an embedding is not finite, or no query or no gallery item has a label.
  public func evaluate(
    queries: Tensor, labels: [Int?], gallery: Tensor, galleryLabels: [Int?], classes: Int
  ) throws -> ClassificationAccuracy {
    try ClassificationAccuracy(
      judgedGuesses(
        queries: queries, labels: labels, gallery: gallery, galleryLabels: galleryLabels, classes: classes))
  }

  /// The same, item by item: what was guessed for every query with a label, in their order. Confidence intervals, paired
  /// tests and confusions are made of it.
  ///
  /// - Throws: `InputError` when an embedding is not finite, or no query or no gallery item has a label.
  public func judgedGuesses(
    queries: Tensor, labels: [Int?], gallery: Tensor, galleryLabels: [Int?], classes: Int
  ) throws -> [ClassGuess] {
    precondition(
      queries.shape.last == gallery.shape.last, "queries \(queries.shape) and gallery \(gallery.shape) differ in length"
    )
    let asked = try LabelledRows(queries, labels, classes: classes, name: "query")
    let known = try LabelledRows(gallery, galleryLabels, classes: classes, name: "gallery item")
    return judged(asked, among: known, classes: classes, leavingOneOut: false)
  }

  /// Classifies every item by the labels of all others.
  ///
  /// - Parameters:
  ///   - embeddings: `[N, D]`.
  ///   - labels: The class of every item, 0 ..< `classes`, nil where it is not known.
  ///   - classes: How many classes there are.
  /// - Throws: `InputError` when an embedding is not finite, or fewer than two items have a label.
  public func evaluateLeavingOneOut(
    _ embeddings: Tensor, labels: [Int?], classes: Int
  ) throws -> ClassificationAccuracy {
    try ClassificationAccuracy(judgedGuessesLeavingOneOut(embeddings, labels: labels, classes: classes))
  }

  /// The same, item by item: what was guessed for every item with a label, in their order.
  ///
  /// - Throws: `InputError` when an embedding is not finite, or fewer than two items have a label.
  public func judgedGuessesLeavingOneOut(
    _ embeddings: Tensor, labels: [Int?], classes: Int
  ) throws -> [ClassGuess] {
    let items = try LabelledRows(embeddings, labels, classes: classes, name: "item")
    guard items.labels.count > 1 else {
      throw InputError("only one item has a label, and none is left to compare it with", remedy: "label two or more")
    }
    return judged(items, among: items, classes: classes, leavingOneOut: true)
  }

  /// Guesses the class of every query from a gallery that it is no part of; nil where no neighbour's vote counts.
  ///
  /// - Parameters:
  ///   - queries: Embeddings `[N, D]`.
  ///   - gallery: Embeddings `[M, D]`.
  ///   - galleryLabels: The class of every gallery item, 0 ..< `classes`, nil where it is not known.
  ///   - classes: How many classes there are.
  /// - Throws: `InputError` when an embedding is not finite, or no gallery item has a label.
  public func guesses(
    queries: Tensor, gallery: Tensor, galleryLabels: [Int?], classes: Int
  ) throws -> [Int?] {
    precondition(
      queries.shape.last == gallery.shape.last, "queries \(queries.shape) and gallery \(gallery.shape) differ in length"
    )
    try queries.requireFiniteRows("query")
    let known = try LabelledRows(gallery, galleryLabels, classes: classes, name: "gallery item")
    var guesses: [Int?] = []
    forEachVote(of: queries, among: known, classes: classes) { _, votes in
      let most = votes.max() ?? 0
      guesses.append(most > 0 ? votes.firstIndex(of: most) : nil)
    }
    return guesses
  }

  private func judged(
    _ queries: LabelledRows, among gallery: LabelledRows, classes: Int, leavingOneOut: Bool
  ) -> [ClassGuess] {
    var guesses: [ClassGuess] = []
    forEachVote(of: queries.rows, among: gallery, classes: classes, leavingOneOut: leavingOneOut) { query, votes in
      guesses.append(ClassGuess(scores: votes, truth: queries.labels[query], floor: 0))
    }
    return guesses
  }

  /// Calls a body with the votes for every class, query by query.
  private func forEachVote(
    of queries: Tensor, among gallery: LabelledRows, classes: Int, leavingOneOut: Bool = false,
    _ body: (_ query: Int, _ votes: [Double]) -> Void
  ) {
    let measure: NearestRows.Measure = if case .cosine = weighting { .cosine } else { .euclidean }
    let search = NearestRows(among: gallery.rows, by: measure)
    let block = 1024
    for start in stride(from: 0, to: queries.shape[0], by: block) {
      let end = min(start + block, queries.shape[0])
      let found = search(to: queries[start..<end], count: k, leavingOutFrom: leavingOneOut ? start : nil)
      let scores = found.scores.values(as: Double.self)
      let indices = found.indices.values(as: Int.self)
      let width = found.indices.shape[1]
      for query in start..<end {
        let neighbors = (query - start) * width..<(query - start + 1) * width
        var votes = [Double](repeating: 0, count: classes)
        for i in neighbors {
          votes[gallery.labels[indices[i]]] += weight(of: scores[i], best: scores[neighbors.lowerBound])
        }
        body(query, votes)
      }
    }
  }

  /// The weight of a vote up to a factor that all votes of a query share: exp((s − best)/T) cannot overflow.
  private func weight(of score: Double, best: Double) -> Double {
    switch weighting {
    case .cosine(let temperature): .exp((score - best) / temperature)
    case .euclidean(let epsilon): 1 / (epsilon - score)
    }
  }
}
