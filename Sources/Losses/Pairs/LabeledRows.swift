public import Tensors

/// Anchors and the candidates that each of them is compared with, all of known classes: what the losses over all pairs
/// of a batch take.
///
/// A candidate of an anchor's class is its positive, any other its negative. Where a batch is compared with itself, a
/// row is neither to itself.
///
/// Nothing of the size *N* × *M* is ever held: anchors are taken a few at a time, in parts of which every tensor has at
/// most 2²⁰ elements (or one row), and what a part computes on the way is computed anew on the way back. With one part
/// only it is kept.
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

  /// The same classes with every row changed.
  func map(_ transform: (Tensor) -> Tensor) -> LabeledRows {
    let anchors = transform(anchors)
    return LabeledRows(
      anchors: anchors, labels: anchorLabels, candidates: isBatch ? anchors : transform(candidates),
      candidateLabels: candidateLabels, isBatch: isBatch)
  }
}

extension LabeledRows {
  /// The most elements that a tensor of a part may have; tests make it small.
  @TaskLocal static var largestTile = 1 << 20

  /// A few anchors and all candidates.
  struct Part {
    let rows: Range<Int>
    /// `[R, D]`.
    let anchors: Tensor
    /// `[M, D]`.
    let candidates: Tensor
    /// Further inputs of the loss, such as learned numbers.
    let parameters: [Tensor]
    /// Which candidates are positives, `bool`, `[R, M]`.
    let positives: Tensor
    /// Which candidates are negatives, `bool`, `[R, M]`.
    let negatives: Tensor
  }

  /// The ranges of anchors that are taken at a time.
  ///
  /// - Parameter width: How many elements a tensor has for every pair of anchor and candidate.
  func parts(width: Int) -> [Range<Int>] {
    let rows = Self.largestTile / max(candidates.shape[0] * width, 1)
    return Tile.parts(of: anchors.shape[0], length: max(rows, 1))
  }

  /// Computes results of every anchor, `[N, …]`, part by part.
  ///
  /// - Parameters:
  ///   - width: How many elements the largest tensor has for every pair of anchor and candidate.
  ///   - parameters: Further inputs that the results are differentiated with respect to.
  ///   - body: From a part to its results, `[R, …]` each.
  func perAnchor(
    width: Int = 1, parameters: [Tensor] = [], _ body: @escaping (Part) -> [Tensor]
  ) -> [Tensor] {
    let parts = parts(width: width)
    precondition(!parts.isEmpty, "a loss over pairs needs an anchor, got none")
    let inputs = [candidates] + parameters
    let results = parts.map { rows in
      func compute(_ inputs: [Tensor]) -> [Tensor] {
        withPrecision(.float32, on: candidates.device) { body(part(rows, inputs[0], inputs[1], Array(inputs[2...]))) }
      }
      let all = [anchors[rows]] + inputs
      return parts.count == 1 ? compute(all) : recomputed(from: all, compute)
    }
    return results.count == 1
      ? results[0] : results[0].indices.map { k in Tensor.concatenation(results.map { $0[k] }) }
  }

  func part(_ rows: Range<Int>, _ anchors: Tensor, _ candidates: Tensor, _ parameters: [Tensor]) -> Part {
    let same = anchorLabels[rows].unsqueezed(1) .== candidateLabels.unsqueezed(0)
    let positives = isBatch ? same.and(!itself(rows)) : same
    return Part(
      rows: rows, anchors: anchors, candidates: candidates, parameters: parameters, positives: positives,
      negatives: !same)
  }

  /// Where candidate and anchor are the same row, `bool`, `[R, M]`.
  private func itself(_ rows: Range<Int>) -> Tensor {
    let device = anchors.device
    return Tensor.range(rows, on: device).unsqueezed(1)
      .== Tensor.range(0..<candidates.shape[0], on: device).unsqueezed(0)
  }
}
