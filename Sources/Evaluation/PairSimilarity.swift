import Basics
import Search
public import Tensors

/// How well the similarity of embeddings follows what people say of pairs: semantic textual similarity.
///
/// Source: Cer et al. "SemEval-2017 Task 1: Semantic Textual Similarity." 2017. <https://arxiv.org/abs/1708.00055>
public struct PairSimilarity: Hashable, Sendable, Codable {
  /// The correlations of one similarity with what people say.
  public struct Figures: Hashable, Sendable, Codable {
    /// Of the numbers.
    public let pearson: Double
    /// Of their ranks.
    public let spearman: Double
  }

  /// By the cosine of the angle between both.
  public let cosine: Figures
  /// By their scalar product.
  public let dot: Figures
  /// By their Euclidean distance with its sign changed.
  public let euclidean: Figures
  /// By the sum of their coordinates' distances with its sign changed.
  public let manhattan: Figures
  /// The number of pairs.
  public let pairs: Int

  /// Compares rows of two matrices.
  ///
  /// - Parameters:
  ///   - first: Embeddings of the first of each pair, `[N, D]`.
  ///   - second: Those of the second, `[N, D]`.
  ///   - scores: How alike each pair is, the higher the more.
  /// - Throws: `InputError` when there are fewer than two different scores, or an embedding is not finite.
  public init(_ first: Tensor, _ second: Tensor, scores: [Double]) throws {
    precondition(
      first.shape == second.shape && first.shape[0] == scores.count,
      "pairs take a row of each and a score, got \(first.shape), \(second.shape) and \(scores.count)")
    try Self.require(scores)
    try first.requireFiniteRows("first of a pair")
    try second.requireFiniteRows("second of a pair")
    func figures(_ similarity: PairScores) -> Figures { Figures(similarity(first, second), scores) }
    (cosine, dot) = (figures(.cosine), figures(.dot))
    (euclidean, manhattan) = (figures(.euclidean), figures(.manhattan))
    pairs = scores.count
  }

  /// Makes sure that a correlation with scores means something.
  ///
  /// - Throws: `InputError` when there are fewer than two different ones.
  public static func require(_ scores: [Double]) throws {
    guard scores.allSatisfy(\.isFinite), Set(scores).count > 1 else {
      throw InputError("a correlation takes two different scores, each a number")
    }
  }
}

extension PairSimilarity.Figures {
  /// Correlates similarities with what people say.
  public init(_ similarities: [Double], _ scores: [Double]) {
    self.init(
      pearson: Correlation.pearson(similarities, scores), spearman: Correlation.spearman(similarities, scores))
  }
}

/// The correlations of pairs of which some are drawn several times and some not at all: what intervals are made of.
public struct DrawnSimilarity: Sendable {
  private let similarities, scores: [Double]
  private let orders: (Ranking, Ranking)

  /// Sorts pairs once.
  public init(_ similarities: [Double], _ scores: [Double]) {
    precondition(similarities.count == scores.count, "\(similarities.count) pairs for \(scores.count) scores")
    (self.similarities, self.scores) = (similarities, scores)
    orders = (Ranking(similarities), Ranking(scores))
  }

  /// The correlations of drawn pairs, NaN where all that were drawn are alike.
  public func figures(times: [Int]) -> PairSimilarity.Figures {
    PairSimilarity.Figures(
      pearson: Correlation.pearson(similarities, scores, times: times),
      spearman: Correlation.pearson(orders.0.ranks(times: times), orders.1.ranks(times: times), times: times))
  }
}
