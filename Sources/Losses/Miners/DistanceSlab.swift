import Tensors

/// A few anchors with the distances of all their candidates: what miners look at, without gradient.
struct DistanceSlab {
  /// One candidate of every anchor.
  struct Choice {
    /// Which, `int64`, `[R]`; anything where there is none.
    let indices: Tensor
    /// How far it is from the anchor, `[R]`.
    let distances: Tensor
    /// Whether there is one, `bool`, `[R]`.
    let exists: Tensor
  }

  /// Which anchors these are.
  let rows: Range<Int>
  /// Prepared for the distance, `[R, D]`.
  let anchors: Tensor
  /// Prepared for the distance, `[M, D]`.
  let candidates: Tensor
  /// `[R, M]`.
  let distances: Tensor
  /// Which candidates are positives, `bool`, `[R, M]`.
  let positives: Tensor
  /// Which candidates are negatives, `bool`, `[R, M]`.
  let negatives: Tensor

  /// The farthest of some candidates of every anchor, the first of equals.
  func farthest(of allowed: Tensor) -> Choice {
    let values = distances.filled(where: !allowed, with: -.infinity)
    let indices = values.indexOfMax(along: 1)
    let largest = values.gathered(at: indices.unsqueezed(1), along: 1).squeezed(1)
    return Choice(indices: indices, distances: largest, exists: largest .> -Double.infinity)
  }

  /// The nearest of some candidates of every anchor, the first of equals.
  func nearest(of allowed: Tensor) -> Choice {
    let values = distances.filled(where: !allowed, with: .infinity)
    let indices = (-values).indexOfMax(along: 1)
    let smallest = values.gathered(at: indices.unsqueezed(1), along: 1).squeezed(1)
    return Choice(indices: indices, distances: smallest, exists: smallest .< Double.infinity)
  }

  /// A mask `[R, M]` of one candidate of every anchor for which `exists` is true.
  func mask(of indices: Tensor, where exists: Tensor) -> Tensor {
    let columns = Tensor.range(0..<distances.shape[1], on: distances.device).unsqueezed(0)
    return (columns .== indices.unsqueezed(1)).and(exists.unsqueezed(1))
  }
}

extension LabeledRows {
  /// Calls a body with all anchors, a few at a time, without gradient.
  func forEachSlab(by distance: PairDistance, _ body: (DistanceSlab) -> Void) {
    withoutGradient {
      withPrecision(.float32, on: anchors.device) {
        let rows = map(distance.prepared)
        for range in rows.parts(width: 1) {
          let part = rows.part(range, rows.anchors[range], rows.candidates, [])
          body(
            DistanceSlab(
              rows: range, anchors: part.anchors, candidates: part.candidates,
              distances: distance.matrix(part.anchors, part.candidates), positives: part.positives,
              negatives: part.negatives))
        }
      }
    }
  }

  /// The pairs for which masks of a slab, of its positives and its negatives, are true.
  func pairs(
    by distance: PairDistance, _ choose: (DistanceSlab) -> (positives: Tensor, negatives: Tensor)
  ) -> PairSelection {
    var (positives, negatives): ([Tensor], [Tensor]) = ([], [])
    forEachSlab(by: distance) { slab in
      let chosen = choose(slab)
      let offset = Tensor([slab.rows.lowerBound, 0]).to(anchors.device)
      positives.append(chosen.positives.nonZeroIndices() + offset)
      negatives.append(chosen.negatives.nonZeroIndices() + offset)
    }
    let device = anchors.device
    return PairSelection(
      positives: positives.joined(width: 2, on: device), negatives: negatives.joined(width: 2, on: device))
  }

  /// The triplets whose negatives a mask of a slab, for one positive of every anchor, chooses. Whether a candidate is a
  /// negative, and whether there is a positive, need not be asked there.
  func triplets(
    by distance: PairDistance, _ choose: (DistanceSlab, PositiveSlots.Slot) -> Tensor
  ) -> TripletSelection {
    var lists: [Tensor] = []
    forEachSlab(by: distance) { slab in
      for slot in PositiveSlots(slab.positives).slots {
        let chosen = choose(slab, slot).and(slab.negatives).and(slot.exist.unsqueezed(1)).nonZeroIndices()
        let (row, negative) = (chosen.item(0, along: 1), chosen.item(1, along: 1))
        let anchor = row + Tensor([slab.rows.lowerBound]).to(anchors.device)
        lists.append(Tensor.stack([anchor, slot.candidates.items(at: row), negative], along: 1))
      }
    }
    // A slab lists its triplets by the rank of their positives; the order by anchor does not depend on its height.
    let all = lists.joined(width: 3, on: anchors.device)
    return TripletSelection(all.items(at: all.item(0, along: 1).sorted().indices))
  }
}
