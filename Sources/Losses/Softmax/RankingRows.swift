import Tensors

/// The rows of `MultipleNegativesRankingLoss`, of unit length, and log Σ exp of each of its directions: `[N]`.
struct RankingRows {
  let queries: Tensor  // [N, D]
  let documents: Tensor  // [N, D]
  let hard: [Tensor]  // [N, D] each
  let scale: Double

  /// s·qᵢ·eᵢ for rows *e* of the queries' own, `[N]`.
  func pairs(_ rows: Tensor) -> Tensor { (queries * rows).sum(-1) * scale }

  /// A query against all documents and hard negatives.
  func queryToDocument(_ hardness: RankingHardness, positives: Tensor) -> Tensor {
    switch hardness {
    case .none:
      return compared(queries, .aligned).reduced(.logSumExp(over: .compared))
    case .inBatch(let alpha):
      return own(positives, alpha: 0, among: others(alpha: alpha))
    case .hardNegatives(let alpha):
      return own(positives, alpha: alpha, among: others(alpha: 0))
    case .all(let alpha):
      return own(positives, alpha: alpha, among: others(alpha: alpha))
    }
  }

  /// A query against all documents and hard negatives, and its document against all queries, in one walk.
  func bothWays() -> [Tensor] {
    let (forward, back) = compared(queries, .aligned).reduced(
      .logSumExp(over: .compared), .logSumExp(over: .compared, per: .candidates))
    return [forward, back[0..<documents.shape[0]]]  // hard negatives do not look for queries
  }

  /// A query against the other queries.
  func queryToQuery() -> Tensor {
    Comparison(anchors: queries, candidates: queries, relation: .negatives.excludingSelf(), scale: scale)
      .reduced(.logSumExp(over: .compared))
  }

  /// A query's document against all queries.
  func documentToQuery() -> Tensor {
    Comparison(anchors: documents, candidates: queries, relation: .aligned, scale: scale)
      .reduced(.logSumExp(over: .compared))
  }

  /// A query's document against documents and hard negatives of other queries.
  func documentToDocument() -> Tensor {
    compared(documents, .negatives.excludingSelf()).reduced(.logSumExp(over: .compared))
  }

  /// Anchors against the documents, by a relation, and all hard negatives, of which those of equal place are left out
  /// where the documents of equal place are.
  private func compared(_ anchors: Tensor, _ relation: Relation, scale: Double? = nil) -> Comparison {
    let leavesOutOwn = relation.excluded != nil
    let start = Comparison(anchors: anchors, candidates: documents, relation: relation, scale: scale ?? self.scale)
    return hard.reduce(start) {
      $0.adding($1, relation: leavesOutOwn ? .negatives.excludingSelf() : .negatives)
    }
  }

  /// log Σ exp of the documents and hard negatives of other queries, with α·cosine added without gradient.
  private func others(alpha: Double) -> Tensor {
    let comparison = compared(queries, .negatives.excludingSelf(), scale: scale + alpha)
    return withHardness(comparison.reduced(.logSumExp(over: .compared)), alpha)
  }

  /// log Σ exp of the own document, the own hard negatives with α·cosine added without gradient, and the others'.
  private func own(_ positives: Tensor, alpha: Double, among others: Tensor) -> Tensor {
    let start = Tensor.logAddExp(others, positives.to(others.type))
    return hard.reduce(start) { sum, rows in
      let logits = pairs(rows)
      return .logAddExp(sum, (logits + logits.detached() * (alpha / scale)).to(sum.type))
    }
  }

  /// The value of log Σ exp((s + α)·cosine), with the gradient that s·cosine has under its softmax: s/(s + α) of its own.
  private func withHardness(_ value: Tensor, _ alpha: Double) -> Tensor {
    guard alpha != 0 else { return value }
    // An empty sum is −∞, of which a difference would be NaN; it has no gradient anyway.
    let share = scale / (scale + alpha)
    let rest = (value.detached() * (1 - share)).filled(where: !value.detached().isFinite(), with: 0)
    return value * share + rest
  }
}
