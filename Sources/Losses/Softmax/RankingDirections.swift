/// Which similarities stand in the denominators of `MultipleNegativesRankingLoss`.
public struct RankingDirections: OptionSet, Hashable, Sendable {
  /// One bit a direction.
  public let rawValue: Int

  /// Creates a set from its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// A query against all documents, its own among them: always there.
  public static let queryToDocument = RankingDirections(rawValue: 1)
  /// A query against the other queries.
  public static let queryToQuery = RankingDirections(rawValue: 2)
  /// A query's document against all queries.
  public static let documentToQuery = RankingDirections(rawValue: 4)
  /// A query's document against the documents of other queries.
  public static let documentToDocument = RankingDirections(rawValue: 8)

  /// Queries look for documents: InfoNCE.
  public static let forward: RankingDirections = [.queryToDocument]
  /// Queries look for documents, and documents for queries.
  public static let both: RankingDirections = [.queryToDocument, .documentToQuery]
  /// All four: the improved contrastive loss of GTE.
  ///
  /// Source: Li et al. "Towards General Text Embeddings with Multi-stage Contrastive Learning." 2023, equation 2.
  /// <https://arxiv.org/abs/2308.03281>
  public static let all: RankingDirections = [
    .queryToDocument, .queryToQuery, .documentToQuery, .documentToDocument,
  ]
}

/// How the directions of `MultipleNegativesRankingLoss` are normalised.
public enum RankingPartition: String, Hashable, Sendable, CaseIterable {
  /// All of them in one denominator.
  case joint
  /// Each has its own, and the losses are averaged. Only directions in which the positive occurs can have one.
  case perDirection = "per-direction"
}

/// Which negatives of `MultipleNegativesRankingLoss` weigh more the harder they are.
///
/// To their logits α·cosine is added, through which no gradient flows: the gradient of a negative grows by exp(α·cosine).
public enum RankingHardness: Hashable, Sendable {
  /// All weigh alike.
  case none
  /// The documents of other queries, their hard negatives too; with α. Lan et al. 2025 take 9.
  ///
  /// Source: Lan, Niu, Meng, Zhou, Su. "LLaVE: Large Language and Vision Embedding Models with Hardness-Weighted
  /// Contrastive Learning." 2025, equation 5. <https://arxiv.org/abs/2503.04812>
  case inBatch(Double)
  /// A query's own hard negatives, with α. Schechter Vera et al. 2025 take 5.
  ///
  /// Source: Schechter Vera et al. "EmbeddingGemma." 2025. <https://arxiv.org/abs/2509.20354>
  case hardNegatives(Double)
  /// All negatives, with α.
  case all(Double)
}
