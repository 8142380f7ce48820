public import Tensors

/// Anchors and the candidates that each of them is compared with, all of known classes: what the losses over all pairs
/// of a batch take.
///
/// A candidate of an anchor's class is its positive, any other its negative. Where a batch is compared with itself, a
/// row is neither to itself.
///
/// Nothing of the size *N* × *M* is ever held: losses and miners compare them by `Comparison`.
public struct LabeledRows {
  /// Embeddings `[N, D]`.
  public let anchors: Tensor
  /// Embeddings `[M, D]`.
  public let candidates: Tensor
  /// The anchors' classes, `int64`, `[N]`.
  public let anchorLabels: Tensor
  /// The candidates' classes, `int64`, `[M]`.
  public let candidateLabels: Tensor
  /// Whether candidate *i* is anchor *i*.
  public let isBatch: Bool
  /// The pairs that alone are compared; nil where all are.
  public private(set) var selection: PairSelection?

  /// The rows of a batch, to be compared among themselves.
  ///
  /// - Parameters:
  ///   - embeddings: `[N, D]`.
  ///   - labels: Their classes, `int64`, `[N]`.
  public init(_ embeddings: Tensor, labels: Tensor) {
    self.init(
      anchors: embeddings, labels: labels, candidates: embeddings, candidateLabels: labels, isBatch: true)
  }

  /// Anchors that are compared with other rows: a memory of earlier batches, or the other modality.
  ///
  /// - Parameters:
  ///   - anchors: `[N, D]`.
  ///   - labels: The anchors' classes, `int64`, `[N]`.
  ///   - candidates: `[M, D]`.
  ///   - candidateLabels: The candidates' classes, `int64`, `[M]`.
  public init(anchors: Tensor, labels: Tensor, candidates: Tensor, candidateLabels: Tensor) {
    self.init(
      anchors: anchors, labels: labels, candidates: candidates, candidateLabels: candidateLabels, isBatch: false)
  }

  private init(anchors: Tensor, labels: Tensor, candidates: Tensor, candidateLabels: Tensor, isBatch: Bool) {
    precondition(
      anchors.rank == 2 && candidates.rank == 2 && anchors.shape[1] == candidates.shape[1],
      "anchors [N, D] and candidates [M, D] expected, got \(anchors.shape) and \(candidates.shape)")
    precondition(
      labels.shape == [anchors.shape[0]] && candidateLabels.shape == [candidates.shape[0]],
      "a label a row expected, got \(labels.shape) for \(anchors.shape), \(candidateLabels.shape) for \(candidates.shape)"
    )
    self.anchors = anchors
    self.candidates = candidates
    self.anchorLabels = labels.to(anchors.device)
    self.candidateLabels = candidateLabels.to(anchors.device)
    self.isBatch = isBatch
  }

  /// The rows of which only some pairs are compared, as a miner chose them: every loss over pairs takes them so. A pair
  /// that was chosen twice counts once.
  public func comparing(only selection: PairSelection) -> LabeledRows {
    var result = self
    result.selection = selection
    return result
  }

  /// The same classes, and pairs if some are selected, with every row changed.
  func map(_ transform: (Tensor) -> Tensor) -> LabeledRows {
    let anchors = transform(anchors)
    var result = LabeledRows(
      anchors: anchors, labels: anchorLabels, candidates: isBatch ? anchors : transform(candidates),
      candidateLabels: candidateLabels, isBatch: isBatch)
    result.selection = selection
    return result
  }

  /// Who is whose positive, and who is compared at all.
  var relation: Relation {
    if let selection { return .pairs(positives: selection.positives.pairs, negatives: selection.negatives.pairs) }
    return isBatch ? .labels(anchorLabels) : .labels(anchors: anchorLabels, candidates: candidateLabels)
  }
}

extension Tensor {
  /// Rows of two indices, `[P, 2]`, as pairs.
  fileprivate var pairs: [(anchor: Int, candidate: Int)] {
    let indices = values(as: Int.self)
    return stride(from: 0, to: indices.count, by: 2).map { (indices[$0], indices[$0 + 1]) }
  }
}
