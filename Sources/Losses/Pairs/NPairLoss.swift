public import Tensors

/// The N-pair loss: of *N* classes with one pair each, every anchor is to find its positive among the positives of all.
///
/// With anchors *a* and positives *p*, one of a class each:
///
///     loss = mean over i of log( 1 + Σ_{k ≠ i} exp(aᵢ·pₖ − aᵢ·pᵢ) ) + λ/4 · mean over i of (|aᵢ|² + |pᵢ|²)
///
/// Rows are compared as they are unless they are to be normalized; the second term, with the weight λ, keeps them short.
///
/// Memory: O(*N*·*D*) and one tile.
///
/// Source: Sohn. "Improved Deep Metric Learning with Multi-class N-pair Loss Objective." NeurIPS 2016, equations 2 and 7;
/// the second term as in TensorFlow Addons' `npairs_loss`.
public struct NPairLoss: ClassLoss, Hashable {
  /// The weight λ of the rows' squared lengths.
  public let regularization: Double
  /// Whether rows are scaled to unit length.
  public let normalizing: Bool

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - regularization: λ; TensorFlow Addons has 0.002.
  ///   - normalizing: False in the paper, true in pytorch-metric-learning.
  public init(regularization: Double = 0, normalizing: Bool = false) {
    self.regularization = regularization
    self.normalizing = normalizing
  }

  /// The loss as pytorch-metric-learning computes it, on unit rows.
  public static let pml = NPairLoss(normalizing: true)

  /// Returns the loss of pairs of different classes.
  ///
  /// - Parameters:
  ///   - anchors: `[N, D]`.
  ///   - positives: `[N, D]`, in the same order.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`.
  public func callAsFunction(_ anchors: Tensor, _ positives: Tensor) -> Tensor {
    precondition(anchors.shape == positives.shape, "pairs expected, got \(anchors.shape) and \(positives.shape)")
    let (a, p) = normalizing ? (anchors.normalized(), positives.normalized()) : (anchors, positives)
    let comparison = Comparison(anchors: a, candidates: p, relation: .aligned)
    let (all, own) = comparison.reduced(.logSumExp(over: .compared), .mean(over: .positives))
    let loss = comparison.mean(all - own)
    guard regularization != 0 else { return loss }
    return loss + (a.squared().sum() + p.squared().sum()) * (regularization / 4 / Double(a.shape[0]))
  }

  /// Returns the loss of one pair of each class: its first anchor and the first candidate that is another row. Classes
  /// without a pair are left out; 0 when none has one.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let (labels, others) = (rows.anchorLabels.values(as: Int.self), rows.candidateLabels.values(as: Int.self))
    var positives: [Int: [Int]] = [:]
    for (k, label) in others.enumerated() where positives[label, default: []].count < 2 {
      positives[label, default: []].append(k)
    }
    var (pairs, seen): ([(a: Int, p: Int)], Set<Int>) = ([], [])
    for (i, label) in labels.enumerated() where seen.insert(label).inserted {
      if let k = positives[label]?.first(where: { !rows.isBatch || $0 != i }) { pairs.append((i, k)) }
    }
    guard !pairs.isEmpty else { return (rows.anchors * 0).sum() }
    return self(rows.anchors.items(at: pairs.map(\.a)), rows.candidates.items(at: pairs.map(\.p)))
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "n-pair", summary: "Each anchor finds its positive among one row of every other class",
    needs: [.pairs, .classes],
    formula: "mean of log(1 + Σ_{k ≠ i} exp(aᵢ·pₖ − aᵢ·pᵢ)) + λ/4·mean of (|aᵢ|² + |pᵢ|²)",
    variants: [
      .paper: "mean of log(1 + Σ_{k ≠ i} exp(aᵢ·pₖ − aᵢ·pᵢ)) + λ/4·mean of (|aᵢ|² + |pᵢ|²)",
      .pml: "mean of log(1 + Σ_{k ≠ i} exp(aᵢ·pₖ − aᵢ·pᵢ)), unit rows",
    ],
    source: """
      Sohn. "Improved Deep Metric Learning with Multi-class N-pair Loss Objective." NeurIPS 2016.
      """,
    parameters: [
      .init(
        "regularization", standard: NPairLoss().regularization, "the weight λ of squared lengths",
        origin: "off unless asked for")
    ])
}
