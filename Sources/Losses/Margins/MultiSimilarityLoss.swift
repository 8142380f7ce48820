public import Tensors

/// The multi-similarity loss: pairs weigh the more, the further they are on the wrong side, and the more so compared
/// with the anchor's other pairs.
///
/// With cosine similarities *s*, a threshold λ and the sharpness α for positives and β for negatives:
///
///     loss = mean over anchors of 1/α·log(1 + Σₚ exp(−α·(s(a, p) − λ))) + 1/β·log(1 + Σₙ exp(β·(s(a, n) − λ)))
///
/// A sum over nothing is 0, so an anchor without positives still has its negatives pushed away. With `mining`, an anchor's
/// pairs are those that `MultiSimilarityMiner` chooses, found in a walk of their own.
///
/// Memory: O(*N*·*D*) and one tile.
///
/// Source: Wang, Han, Huang, Dong, Scott. "Multi-Similarity Loss With General Pair Weighting for Deep Metric Learning."
/// CVPR 2019. <https://arxiv.org/abs/1904.06627>
public struct MultiSimilarityLoss: ClassLoss, Hashable {
  /// The sharpness α for positives.
  public let alpha: Double
  /// The sharpness β for negatives.
  public let beta: Double
  /// The threshold λ of similarity.
  public let base: Double
  /// The margin ε of the miner; nil where all pairs count.
  public let mining: Double?

  /// Creates a loss; all defaults are pytorch-metric-learning's.
  public init(alpha: Double = 2, beta: Double = 50, base: Double = 0.5, mining: Double? = nil) {
    precondition(alpha > 0 && beta > 0, "alpha and beta must be positive, got \(alpha) and \(beta)")
    self.alpha = alpha
    self.beta = beta
    self.base = base
    self.mining = mining
  }

  /// Returns the mean over all anchors.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let comparison = rows.cosines()
    var (near, far): ([Reduction.Cut], [Reduction.Cut]) = ([], [])
    if let mining {
      let (easiest, hardest) = withoutGradient { comparison.reduced(.min(over: .positives), .max(over: .negatives)) }
      near = [.below(.each(hardest + mining))]
      far = [.above(.each(easiest - mining))]
    }
    let (p, n) = comparison.reduced(
      .logSumExp(.linear(-alpha, plus: .number(alpha * base)), over: .positives, where: near),
      .logSumExp(.linear(beta, plus: .number(-beta * base)), over: .negatives, where: far))
    return mean(p, n).to(comparison.type)
  }

  /// Returns the mean over all embeddings of the loss of pairs that a miner chose.
  ///
  /// - Parameters:
  ///   - embeddings: `[N, D]`, of any norm.
  ///   - pairs: Indices of anchors among the embeddings, and of candidates.
  ///   - candidates: `[M, D]`; nil where they are the embeddings themselves.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`.
  public func callAsFunction(_ embeddings: Tensor, pairs: PairSelection, candidates: Tensor? = nil) -> Tensor {
    let anchors = embeddings.normalized()
    let candidates = candidates?.normalized() ?? anchors
    func logSumExp(_ list: Tensor, _ function: ElementFunction) -> Tensor {
      let indices = list.values(as: Int.self)
      let relation = Relation.pairs(
        stride(from: 0, to: indices.count, by: 2).map { (anchor: indices[$0], candidate: indices[$0 + 1]) })
      return Comparison(anchors: anchors, candidates: candidates, relation: relation)
        .reduced(.logSumExp(function, over: .positives))
    }
    let p = logSumExp(pairs.positives, .linear(-alpha, plus: .number(alpha * base)))
    return mean(p, logSumExp(pairs.negatives, .linear(beta, plus: .number(-beta * base)))).to(anchors.type)
  }

  private func mean(_ p: Tensor, _ n: Tensor) -> Tensor {
    (p.softplusExact() / alpha + n.softplusExact() / beta).mean()
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "multisimilarity", summary: "Far positives and near negatives of each row, weighed softly",
    needs: [.classes],
    formula: """
      mean over anchors of 1/α·log(1 + Σₚ exp(−α·(s(a, p) − λ))) + 1/β·log(1 + Σₙ exp(β·(s(a, n) − λ))), s = cos
      """,
    source: """
      Wang, Han, Huang, Dong, Scott. "Multi-Similarity Loss With General Pair Weighting for Deep Metric Learning." \
      CVPR 2019. https://arxiv.org/abs/1904.06627
      """,
    parameters: [
      .init("alpha", standard: MultiSimilarityLoss().alpha, "the sharpness α for positives", origin: "the paper"),
      .init("beta", standard: MultiSimilarityLoss().beta, "the sharpness β for negatives", origin: "the paper"),
      .init(
        "base", standard: MultiSimilarityLoss().base, "the threshold λ of similarity", origin: "pytorch-metric-learning"
      ),
    ])
}
