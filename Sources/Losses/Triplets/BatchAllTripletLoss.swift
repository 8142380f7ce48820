public import Tensors

/// The triplet loss over all triplets of a batch: every anchor with every positive and every negative.
///
/// With *v* = *d(a, p)* − *d(a, n)* + *m*, over all (*a*, *p*, *n*) where *p* is of *a*'s class and *n* is not:
///
///     loss = mean of max(0, v)      (of `TripletLoss`, whose hinge, swap and averaging hold)
///
/// The mean goes, unless chosen otherwise, over the triplets that violate the margin. Triplets of one kind only, such as
/// the semi-hard ones, can be selected; that is `TripletMarginMiner` without its list.
///
/// A batch of *N* rows has up to *N*³ triplets. With the plain hinge they are never formed: an anchor's negatives are
/// sorted, and the violations of a positive are some *c* of them that stand side by side, so that they add up to
/// *c*·(*d(a, p)* + *m*) − Σ of these *d(a, n)*, a difference of two running sums. That is O(*N*² log *N*) for all.
/// Otherwise the triplets are walked in tiles `[R, N]`, O(*N*³/classes), each made anew on the way back. Memory:
/// O(*N*·*D*) and one tile.
///
/// Source: Hermans, Beyer, Leibe. "In Defense of the Triplet Loss for Person Re-Identification." 2017, section 2.
/// <https://arxiv.org/abs/1703.07737>
public struct BatchAllTripletLoss: ClassLoss, Hashable {
  /// The loss of one triplet, and what is averaged over.
  public let triplet: TripletLoss

  /// Which triplets count at all.
  public let selecting: TripletKind?

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - triplet: The loss of one triplet; pytorch-metric-learning's by default.
  ///   - selecting: The kind of the triplets that count, by the same margin, and without regard to a swap; nil for all.
  public init(_ triplet: TripletLoss = .pml, selecting: TripletKind? = nil) {
    self.triplet = triplet
    self.selecting = selecting
  }

  /// The loss with the defaults of sentence-transformers: *m* = 5 on the distances of the rows as they are.
  public static let sentenceTransformers = BatchAllTripletLoss(
    TripletLoss(margin: 5, distance: .euclidean, averaging: .nonZero))

  /// Returns the loss over all triplets; 0 when there is none.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let isPlain = triplet.hinge == .hard && !triplet.swap
    // Where negatives are held against positives too, their own distances are needed.
    let candidates = triplet.swap ? [triplet.distance.prepared(rows.candidates)] : []
    let results = rows.perAnchor(by: triplet.distance, width: 4, parameters: candidates) {
      isPlain ? sorted($0) : walked($0, candidates: $1.first)
    }
    return triplet.averaging(sum: results[0].sum(), count: results[2].sum().item(), nonZero: results[1].sum())
  }

  /// Of every anchor: the sum of its triplets' losses, how many are above 0, and how many triplets there are.
  private func sorted(_ slab: RowSlab) -> [Tensor] {
    let d = slab.logits
    let negatives = d.filled(where: !slab.negatives, with: .infinity).sorted().values
    let existing = slab.negatives.sum(1).unsqueezed(1)
    // In float64: differences of running sums would lose in float32 what few negatives add to many before them.
    let finite = negatives.filled(where: !negatives.isFinite(), with: 0).to(.float64)
    let sums = Tensor.concatenation(
      [.zeros([d.shape[0], 1], type: .float64, on: d.device), finite.cumulativeSum(along: 1)], along: 1)
    let reach = d + triplet.margin
    let selected = selected(among: negatives, existing, d, reach)
    // Of the selected ones, those that violate the margin.
    let end = Tensor.minimum(selected.end, negatives.counts(below: reach))
    let start = Tensor.minimum(selected.start, end)
    let negativeSums = sums.gathered(at: end, along: 1) - sums.gathered(at: start, along: 1)
    func overPositives(_ values: Tensor) -> Tensor { values.filled(where: !slab.positives, with: 0).sum(1) }
    return [
      overPositives((end - start).to(.float64) * reach.to(.float64) - negativeSums).to(d.type),
      // Whole numbers are exact in float64 up to 2⁵³.
      overPositives(end - start).to(.float64), overPositives(selected.end - selected.start).to(.float64),
    ]
  }

  /// Of every positive, which of its anchor's sorted negatives make triplets that count: those from `start` up to `end`.
  private func selected(
    among negatives: Tensor, _ existing: Tensor, _ d: Tensor, _ reach: Tensor
  ) -> (start: Tensor, end: Tensor) {
    let zeros = Tensor.zeros(d.shape, type: .int64, on: d.device)
    func counts(upTo values: Tensor) -> Tensor { negatives.counts(below: values, orEqual: true) }
    return switch selecting {
    case nil: (zeros, existing + zeros)
    case .all: (zeros, counts(upTo: reach))
    case .hard: (zeros, counts(upTo: d))
    case .semiHard: (counts(upTo: d), counts(upTo: reach))
    case .easy: (counts(upTo: reach), existing + zeros)
    }
  }

  private func walked(_ slab: RowSlab, candidates: Tensor?) -> [Tensor] {
    let d = slab.logits
    // Of the distances, so that a batch without a triplet has a loss, 0, that can be differentiated.
    let count = Tensor.zeros([d.shape[0]], type: .float64, on: d.device)
    let none = [(d * 0).sum(1), count, count]
    return PositiveSlots(slab.positives).slots.reduce(none) { sums, slot in
      let results = recomputed(from: [d] + (candidates.map { [$0] } ?? [])) { inputs in
        let d = inputs[0]
        let toPositive = d.gathered(at: slot.candidates.unsqueezed(1), along: 1)  // [R, 1]
        var toNegatives = d
        if triplet.swap {
          let positives = inputs[1].items(at: slot.candidates)
          toNegatives = .minimum(d, triplet.distance.matrix(positives, inputs[1]))
        }
        var counting = slab.negatives.and(slot.exist.unsqueezed(1))
        if let selecting {
          counting = counting.and(selecting.contains(d.detached() - toPositive.detached(), margin: triplet.margin))
        }
        let losses = triplet.losses(toPositive - toNegatives).filled(where: !counting, with: 0)
        return [losses.sum(1), (losses .> 0).sum(1), counting.sum(1)]
      }
      return zip(sums, results).map { $0 + $1 }
    }
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "batch-all-triplet", summary: "The triplet loss over all triplets of a batch",
    needs: [.classes],
    formula: "mean over all triplets above 0 of max(0, d(a, p) − d(a, n) + m), d = |x/|x| − y/|y||",
    variants: [
      .pml: "mean over all triplets above 0 of max(0, d(a, p) − d(a, n) + m), d = |x/|x| − y/|y||",
      .sentenceTransformers: "mean over all triplets above 0 of max(0, d(a, p) − d(a, n) + m), d = |x − y|",
    ],
    source: """
      Hermans, Beyer, Leibe. "In Defense of the Triplet Loss for Person Re-Identification." 2017. \
      https://arxiv.org/abs/1703.07737
      """,
    parameters: [
      .init(
        "margin", standard: BatchAllTripletLoss().triplet.margin,
        "by how much positives are to be nearer than negatives",
        origin: "pytorch-metric-learning")
    ])
}
