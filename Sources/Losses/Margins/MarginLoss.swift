public import Tensors

/// The margin loss: positives nearer than a boundary, negatives farther, each by a margin; the boundary is learned.
///
/// With distances *d*, the boundary β (one for all, or one for each class of anchors) and a margin *m*, over triplets:
///
///     loss = Σ [ max(0, d(a, p) − β + m) + max(0, β − d(a, n) + m) ] / number of terms above 0
///
/// Unlike in a triplet loss, a pair is held against the boundary and not against another pair. The paper draws its
/// triplets by `DistanceWeightedMiner`. Over all triplets of a batch none is formed: an anchor's positives count once for
/// each of its negatives, and the reverse.
///
/// With a weight ν, ν·β is added, against a boundary that grows or shrinks for ever: once where there is one boundary,
/// and with the classes' own boundaries its sum over triplets, divided as the loss is.
///
/// Memory: O(*N*·*D*) and one tile.
///
/// Source: Wu, Manmatha, Smola, Krähenbühl. "Sampling Matters in Deep Embedding Learning." ICCV 2017, section 4.
/// <https://arxiv.org/abs/1706.07567> The division by the terms above 0 is that of the authors' code and of
/// pytorch-metric-learning.
public struct MarginLoss: ClassLoss, Hashable {
  /// The boundary β that learning starts from.
  public static let initialBoundary = 1.2

  /// By how much, *m*, pairs are to be on their side of the boundary.
  public let margin: Double
  /// The weight ν of the boundary in the loss.
  public let regularization: Double
  /// How distances are measured.
  public let distance: PairDistance

  /// Creates a loss; all defaults are the authors', and pytorch-metric-learning's.
  public init(margin: Double = 0.2, regularization: Double = 0, distance: PairDistance = .normalizedEuclidean) {
    precondition(margin >= 0, "margin must not be negative, not \(margin)")
    self.margin = margin
    self.regularization = regularization
    self.distance = distance
  }

  /// Returns the loss over all triplets with a boundary of 1.2; 0 when there is none.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    self(rows, boundary: Tensor(Self.initialBoundary, type: .float64, on: rows.anchors.device))
  }

  /// Returns the loss over all triplets; 0 when there is none.
  ///
  /// - Parameters:
  ///   - rows: Anchors and candidates. With a boundary for each class, labels are 0 ..< number of classes.
  ///   - boundary: β, `[]` or `[classes]`; a variable where it is learned.
  public func callAsFunction(_ rows: LabeledRows, boundary: Tensor) -> Tensor {
    let comparison = rows.comparison(by: distance)
    let beta = boundaries(boundary, of: rows.anchorLabels).to(.float64)
    let (inside, outside) = (beta.detached() - margin, beta.detached() + margin)
    let all = comparison.reduced([
      .sum(.hinge(1, plus: .each(margin - beta)), over: .positives),
      .sum(.hinge(-1, plus: .each(beta + margin)), over: .negatives),
      .count(over: .positives, where: [.above(.each(inside))]),
      .count(over: .negatives, where: [.below(.each(outside))]),
      .count(over: .positives), .count(over: .negatives),
    ])
    let (positives, negatives) = (all[4], all[5])
    let terms = (all[2] * negatives + all[3] * positives).sum().clamped(min: 1)
    let losses = all[0] * negatives + all[1] * positives
    return (losses.sum() / terms + penalty(boundary, beta, triplets: positives * negatives, terms)).to(comparison.type)
  }

  /// Returns the loss over triplets that a miner chose; 0 when there is none.
  ///
  /// - Parameters:
  ///   - embeddings: `[N, D]`, of any norm.
  ///   - labels: Their classes, `int64`, `[N]`, 0 ..< number of classes; nil where there is one boundary.
  ///   - triplets: What was chosen.
  ///   - candidates: `[M, D]`; nil where they are the embeddings themselves.
  ///   - boundary: β, `[]` or `[classes]`; 1.2 where it is nil.
  public func callAsFunction(
    _ embeddings: Tensor, labels: Tensor? = nil, triplets: TripletSelection, candidates: Tensor? = nil,
    boundary: Tensor? = nil
  ) -> Tensor {
    let rows = [distance.prepared(embeddings)] + (candidates.map { [distance.prepared($0)] } ?? [])
    let boundary = boundary ?? Tensor(Self.initialBoundary, type: .float64, on: embeddings.device)
    let labels = labels ?? .zeros([embeddings.shape[0]], type: .int64, on: embeddings.device)
    let beta = boundaries(boundary, of: labels.items(at: triplets.anchors)).to(rows[0].type)
    func distances(_ column: Int) -> Tensor {
      rows.inChunks(of: triplets.indices) { rows, indices in
        distance.ofPrepared(
          rows[0].items(at: indices.item(0, along: 1)), rows.last!.items(at: indices.item(column, along: 1)))
      }
    }
    let (near, far) = ((distances(1) - beta + margin).relu(), (beta - distances(2) + margin).relu())
    let terms = ((near .> 0).sum() + (far .> 0).sum()).to(near.type).clamped(min: 1)
    let ones = Tensor.ones(beta.shape, type: beta.type, on: beta.device)
    return (near.sum() + far.sum()) / terms + penalty(boundary, beta, triplets: ones, terms).to(near.type)
  }

  /// β of every anchor.
  private func boundaries(_ boundary: Tensor, of labels: Tensor) -> Tensor {
    boundary.rank == 0 ? boundary.expanded(to: labels.shape) : boundary.items(at: labels)
  }

  private func penalty(_ boundary: Tensor, _ beta: Tensor, triplets: Tensor, _ terms: Tensor) -> Tensor {
    boundary.rank == 0 ? boundary * regularization : (beta * triplets).sum() / terms * regularization
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "margin", summary: "Positives within a boundary that may be learned, negatives beyond, by a margin",
    needs: [.classes],
    formula: """
      Σ over triplets of max(0, d(a, p) − β + m) + max(0, β − d(a, n) + m), divided by the number of terms above 0; \
      d = |x/|x| − y/|y||
      """,
    source: """
      Wu, Manmatha, Smola, Krähenbühl. "Sampling Matters in Deep Embedding Learning." ICCV 2017. \
      https://arxiv.org/abs/1706.07567
      """,
    parameters: [
      .init(
        "margin", standard: MarginLoss().margin, "how far m pairs are to be from the boundary", origin: "the paper"),
      .init(
        "boundary", standard: MarginLoss.initialBoundary, "the boundary β, where it is not learned", origin: "the paper"
      ),
      .init(
        "regularization", standard: MarginLoss().regularization, "the weight ν of the boundary",
        origin: "pytorch-metric-learning"),
    ])
}
