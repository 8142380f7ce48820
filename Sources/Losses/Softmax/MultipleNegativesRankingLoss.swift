public import Tensors

/// Of all documents of a batch, and of hard negatives, a query is to find its own.
///
/// For queries *q*, their documents *d* and hard negatives *h*, of unit length, and a scale *s*:
///
///     loss = 1/N · Σᵢ [ log Zᵢ − s·qᵢ·dᵢ ]      Zᵢ = Σₖ exp(s·qᵢ·dₖ) + Σₖ exp(s·qᵢ·hₖ)
///
/// Further `directions` add to *Zᵢ*, one denominator for all (`joint`), or have one each and are averaged
/// (`perDirection`):
///
/// | direction | |
/// |---|---|
/// | `queryToQuery` | Σ_{k≠i} exp(s·qᵢ·qₖ) |
/// | `documentToQuery` | Σₖ exp(s·qₖ·dᵢ), the pair itself too |
/// | `documentToDocument` | Σ exp(s·dᵢ·e) over documents and hard negatives *e* of other queries |
///
/// Known special cases: `InfoNCELoss` (forward), `CLIPLoss` (both directions, each for itself), half of `NTXentLoss`
/// (forward and query to query, jointly).
///
/// Memory: O(*N*·*D*) beyond one tile of `Comparison`, whatever the directions.
///
/// Source: Henderson et al. "Efficient Natural Language Response Suggestion for Smart Reply." 2017, section 4.4.
/// <https://arxiv.org/abs/1705.00652>. The directions are those of sentence-transformers.
public struct MultipleNegativesRankingLoss: Hashable, Sendable {
  /// The factor *s* of the cosines.
  public let scale: Double
  /// What stands in the denominators.
  public let directions: RankingDirections
  /// How many denominators there are.
  public let partition: RankingPartition
  /// Which negatives weigh more the harder they are.
  public let hardness: RankingHardness

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - scale: A positive number; 20 is that of sentence-transformers, a temperature of 0.05.
  ///   - directions: What stands in the denominators; queries looking for documents is always among it.
  ///   - partition: `perDirection` takes `forward` and `both` only, where each direction has the positive in it.
  ///   - hardness: Which negatives weigh more the harder they are.
  public init(
    scale: Double = 20, directions: RankingDirections = .forward, partition: RankingPartition = .joint,
    hardness: RankingHardness = .none
  ) {
    precondition(scale > 0, "the scale must be positive, not \(scale)")
    precondition(
      partition == .joint || directions.isSubset(of: .both),
      "per direction: queries among queries and documents among documents have no positive to be normalised with")
    self.scale = scale
    self.directions = directions.union(.queryToDocument)
    self.partition = partition
    self.hardness = hardness
  }

  /// Returns the loss of a batch.
  ///
  /// - Parameters:
  ///   - queries: `[N, D]`, of any norm.
  ///   - documents: `[N, D]`, of any norm, in the same order.
  ///   - hardNegatives: Documents that do not answer query *i* in row *i*, `[N, D]` each, of any norm.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ queries: Tensor, _ documents: Tensor, hardNegatives: [Tensor] = []) -> Tensor {
    precondition(
      ([documents] + hardNegatives).allSatisfy { $0.shape == queries.shape },
      "a document, and hard negatives, for every query, got \(queries.shape) and "
        + "\(([documents] + hardNegatives).map(\.shape))")
    let rows = RankingRows(
      queries: queries.normalized(), documents: documents.normalized(), hard: hardNegatives.map { $0.normalized() },
      scale: scale)
    let positives = rows.pairs(rows.documents)  // s·qᵢ·dᵢ: [N]
    var denominators: [Tensor]
    if hardness == .none, directions.contains(.documentToQuery) {
      denominators = rows.bothWays()
    } else {
      denominators = [rows.queryToDocument(hardness, positives: positives)]
      if directions.contains(.documentToQuery) { denominators.append(rows.documentToQuery()) }
    }
    if directions.contains(.queryToQuery) { denominators.append(rows.queryToQuery()) }
    if directions.contains(.documentToDocument) { denominators.append(rows.documentToDocument()) }
    let combined =
      partition == .joint
      ? denominators.dropFirst().reduce(denominators[0], Tensor.logAddExp)
      : denominators.dropFirst().reduce(denominators[0], +) / Double(denominators.count)
    return (combined - positives).mean().to(rows.queries.type)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "mnrl", summary: "Queries find their documents among the batch's, and among hard negatives",
    needs: [.pairs, .towers, .triplets],
    formula: formula,
    variants: [.sentenceTransformers: formula],
    source:
      "Henderson et al. Smart Reply. 2017, section 4.4, <https://arxiv.org/abs/1705.00652>; sentence-transformers",
    parameters: [
      .init(
        "scale", standard: MultipleNegativesRankingLoss().scale, "the factor s of the cosines",
        origin: "sentence-transformers'"),
      .init(
        "alpha", standard: 9, "how much more hard negatives weigh, where they do", origin: "Lan et al. 2025, in-batch"),
    ])

  private static let formula =
    "1/N · Σᵢ [ log( Σₖ exp(s·qᵢ·dₖ) + Σₖ exp(s·qᵢ·hₖ) ) − s·qᵢ·dᵢ ]   q, d, h of unit length"
}
