public import Tensors

/// A contrastive comparison of anchors with candidates: what most objectives of contrastive learning are made of.
///
/// With anchors *a* `[N, D]`, candidates *c* `[M, D]` and a scale *s*, the logits are ℓᵢₖ = *s*·*aᵢ*·*cₖ*. A relation
/// says which candidates are an anchor's positives *P(i)* and which are ignored. Rows are compared as they are: for
/// cosine similarities, normalise them first.
///
/// The matrix of logits is walked in tiles: memory is O((*N* + *M*)·*D* + tile²), time O(*N*·*M*·*D*), and value and
/// gradients are those of the whole matrix. The way back makes the tiles anew; a matrix of a single tile is kept
/// instead. Sums are in `float32` whatever the rows' type, in `float64` where one of them is, also under
/// `withPrecision(.bfloat16)`.
public struct Comparison {
  private let anchors: Tensor
  private let candidates: Tensor
  private let relation: Relation
  private let scale: Tensor

  /// The length of a tile's sides.
  ///
  /// On a processor 2048, a tile of 16 MB: sizes from 512 to 2048 are equally fast there for many rows (8192 rows of
  /// 128, two cores: 0.40 s, both ways), and a matrix of up to that size, being a single tile, is computed once only,
  /// a third faster. On a GPU 8192, 256 MB, which keeps it busy (not measured).
  public var tileSize: Int {
    didSet { precondition(tileSize > 0, "a tile needs a positive size, not \(tileSize)") }
  }

  /// Creates a comparison with a scale that may be learned.
  ///
  /// - Parameters:
  ///   - anchors: `[N, D]`.
  ///   - candidates: `[M, D]`; the same tensor as the anchors where rows are compared among themselves.
  ///   - relation: Who is whose positive.
  ///   - scale: The factor of the similarities, `[]`: one over a temperature.
  public init(anchors: Tensor, candidates: Tensor, relation: Relation, scale: Tensor) {
    precondition(
      anchors.rank == 2 && candidates.rank == 2 && anchors.shape[1] == candidates.shape[1],
      "a comparison takes [N, D] and [M, D], got \(anchors.shape) and \(candidates.shape)")
    precondition(scale.count == 1, "a comparison takes one scale, got shape \(scale.shape)")
    relation.check(anchors: anchors.shape[0], candidates: candidates.shape[0])
    let type: DataType = anchors.type == .float64 || candidates.type == .float64 ? .float64 : .float32
    self.anchors = anchors.to(type)
    self.candidates = candidates.isSame(as: anchors) ? self.anchors : candidates.to(type)
    self.relation = relation.on(anchors.device)
    self.scale = scale.to(type)
    tileSize = anchors.device.kind == .cpu ? 2048 : 8192
  }

  /// Creates a comparison with a fixed scale.
  public init(anchors: Tensor, candidates: Tensor, relation: Relation, scale: Double) {
    // A number in `float64`, so that it is rounded once, to the type of the sums.
    self.init(
      anchors: anchors, candidates: candidates, relation: relation,
      scale: Tensor(scale, type: anchors.device.kind == .mps ? .float32 : .float64, on: anchors.device))
  }

  /// Returns the mean over anchors of the mean over their positives of −log softmax:
  ///
  ///     1/N · Σᵢ 1/|P(i)| · Σₚ −log( exp ℓᵢₚ / Σₖ exp ℓᵢₖ )
  ///
  /// where *k* goes over all candidates that are not ignored, the other positives among them. Anchors without a
  /// positive do not count in the mean; when no anchor has one the loss is 0.
  ///
  /// Source of the mean outside the logarithm: Khosla et al. "Supervised Contrastive Learning." NeurIPS 2020,
  /// equation 2. <https://arxiv.org/abs/2004.11362>
  ///
  /// - Returns: A scalar, `[]`.
  public func crossEntropy() -> Tensor { crossEntropy([.rows]) }

  /// Returns the mean of `crossEntropy()` and of the same with candidates and anchors exchanged, in one walk.
  ///
  /// - Returns: A scalar, `[]`.
  public func symmetricCrossEntropy() -> Tensor { crossEntropy([.rows, .columns]) }

  private func crossEntropy(_ directions: [SoftmaxStatistics.Direction]) -> Tensor {
    let inputs = [anchors, candidates, scale]
    let needed = inputs.map(\.requiresGradient)
    return withCustomGradient(of: inputs) {
      withPrecision(.float32, on: anchors.device) {
        let walk = ComparisonWalk(
          scaled: anchors * scale, candidates: candidates.detached(), relation: relation, tileSize: tileSize,
          directions: directions)
        let kept = walk.gather(keeping: needed.contains(true))
        let (anchors, scale) = (anchors.detached(), scale.detached())
        return (
          [walk.loss()],
          { seeds in
            withPrecision(.float32, on: anchors.device) {
              let seed = seeds[0]!
              let products = walk.products(kept: kept, forCandidates: needed[1])
              return [
                needed[0] ? products.anchors * (scale * seed) : nil,
                products.candidates.map { $0 * seed },
                needed[2] ? (products.anchors * anchors).sum().reshaped(to: scale.shape) * seed : nil,
              ]
            }
          }
        )
      }
    }[0]
  }
}
