import Basics
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

  /// The cosine of the angle between both.
  public let cosine: Figures
  /// Their scalar product.
  public let dot: Figures
  /// Their Euclidean distance with its sign changed.
  public let euclidean: Figures
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
    guard scores.allSatisfy(\.isFinite), Set(scores).count > 1 else {
      throw InputError("a correlation takes two different scores, each a number")
    }
    let (a, b) = (first.to(.float64), second.to(.float64))
    guard a.isFinite().all(), b.isFinite().all() else {
      throw InputError("an embedding holds numbers that are not finite", remedy: "was the model trained to its end?")
    }
    func figures(_ similarities: Tensor) -> Figures {
      let values = similarities.values(as: Double.self)
      return Figures(
        pearson: Correlation.pearson(values, scores), spearman: Correlation.spearman(values, scores))
    }
    cosine = figures((a.normalized() * b.normalized()).sum(1))
    dot = figures((a * b).sum(1))
    euclidean = figures(-(a - b).norm(1))
    pairs = scores.count
  }
}
