import Tensors

/// One candidate of every anchor of a slab.
struct ChosenCandidates {
  /// Which, `int64`, `[n]`; anything where there is none.
  let indices: Tensor
  /// How far it is from the anchor, `[n]`.
  let distances: Tensor
  /// Whether there is one, `bool`, `[n]`.
  let exist: Tensor
}

/// What miners ask of a slab whose logits are distances.
extension RowSlab {
  /// The farthest of some candidates of every anchor, the first of equals.
  func farthest(of allowed: Tensor) -> ChosenCandidates {
    let values = logits.filled(where: !allowed, with: -.infinity)
    let indices = values.indexOfMax(along: 1)
    let largest = values.gathered(at: indices.unsqueezed(1), along: 1).squeezed(1)
    return ChosenCandidates(indices: indices, distances: largest, exist: largest .> -Double.infinity)
  }

  /// The nearest of some candidates of every anchor, the first of equals.
  func nearest(of allowed: Tensor) -> ChosenCandidates {
    let values = logits.filled(where: !allowed, with: .infinity)
    let indices = (-values).indexOfMax(along: 1)
    let smallest = values.gathered(at: indices.unsqueezed(1), along: 1).squeezed(1)
    return ChosenCandidates(indices: indices, distances: smallest, exist: smallest .< Double.infinity)
  }

  /// A mask `[R, M]` of one candidate of every anchor for which `exist` is true.
  func mask(of indices: Tensor, where exist: Tensor) -> Tensor {
    let columns = Tensor.range(0..<logits.shape[1], on: logits.device).unsqueezed(0)
    return (columns .== indices.unsqueezed(1)).and(exist.unsqueezed(1))
  }
}

extension LabeledRows {
  /// The pairs for which masks of a slab, of its positives and its negatives, are true.
  func pairs(
    by distance: PairDistance, _ choose: (RowSlab) -> (positives: Tensor, negatives: Tensor)
  ) -> PairSelection {
    var (positives, negatives): ([Tensor], [Tensor]) = ([], [])
    comparison(by: distance).forEachSlab { slab in
      let chosen = choose(slab)
      let offset = Tensor([slab.rows.lowerBound, 0]).to(anchors.device)
      positives.append(chosen.positives.nonZeroIndices() + offset)
      negatives.append(chosen.negatives.nonZeroIndices() + offset)
    }
    let device = anchors.device
    return PairSelection(
      positives: positives.joined(width: 2, on: device), negatives: negatives.joined(width: 2, on: device))
  }

  /// The triplets whose negatives a mask chooses: of some pairs of an anchor and a positive in a slab, `[K, 2]`, with every
  /// candidate, `[K, M]`. Whether a candidate is a negative need not be asked there.
  func triplets(
    by distance: PairDistance, _ choose: (RowSlab, _ pairs: PositivePairs) -> Tensor
  ) -> TripletSelection {
    var lists: [Tensor] = []
    comparison(by: distance).forEachSlab { slab in
      let pairs = slab.positives.nonZeroIndices()
      for part in Tile.parts(of: pairs.shape[0], length: height(width: 1)) {
        let pairs = PositivePairs(rows: pairs[part].item(0, along: 1), positives: pairs[part].item(1, along: 1))
        let chosen = choose(slab, pairs).and(slab.negatives.items(at: pairs.rows)).nonZeroIndices()
        let (pair, negative) = (chosen.item(0, along: 1), chosen.item(1, along: 1))
        let anchor = pairs.rows.items(at: pair) + Tensor([slab.rows.lowerBound]).to(anchors.device)
        lists.append(Tensor.stack([anchor, pairs.positives.items(at: pair), negative], along: 1))
      }
    }
    return TripletSelection(lists.joined(width: 3, on: anchors.device))
  }
}

/// Some anchors of a slab, each with one of its positives.
struct PositivePairs {
  /// Which rows of the slab, `int64`, `[K]`.
  let rows: Tensor
  /// Which candidates, `int64`, `[K]`.
  let positives: Tensor

  /// The logits of these rows with all candidates, `[K, M]`, and with the positive, `[K, 1]`.
  func logits(of slab: RowSlab) -> (all: Tensor, positive: Tensor) {
    let all = slab.logits.items(at: rows)
    return (all, all.gathered(at: positives.unsqueezed(1), along: 1))
  }
}
