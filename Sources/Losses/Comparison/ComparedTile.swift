import Tensors

/// The logits of one tile and what the relation says of them, from which every reduction takes its part.
struct ComparedTile {
  let problem: Problem
  let group: Problem.Group
  let tile: Tile
  let similarities: Tensor  // [rows, columns]
  let logits: Tensor  // [rows, columns]
  let positives: Tensor?  // bool, [rows, columns]; nil for none
  let excluded: Tensor?  // bool; nil for none

  /// - Parameter norms: |a|² `[N]` and |c|² `[m]`, where the similarity is a distance.
  init(_ problem: Problem, _ group: Problem.Group, _ tile: Tile, norms: (anchors: Tensor, candidates: Tensor)?) {
    self.problem = problem
    self.group = group
    self.tile = tile
    let products = problem.product(problem.anchors[tile.rows], group.rows[tile.columns].transposed())
    similarities = problem.similarity.values(
      of: products, norms: norms.map { ($0.anchors[tile.rows], $0.candidates[tile.columns]) })
    var logits = similarities * problem.scale
    if let bias = group.bias { logits = logits + (bias.rank == 0 ? bias : bias[tile.columns].unsqueezed(0)) }
    self.logits = logits
    (positives, excluded) = group.relation.masks(of: tile, on: problem.device)
  }

  /// A reduction's own part of a vector of one number an anchor, or a candidate, shaped to be combined with the tile.
  func spread(_ vector: Tensor, _ side: Reduction.Side) -> Tensor {
    vector[range(side)].unsqueezed(side == .anchors ? 1 : 0)
  }

  /// Where a tile's numbers lie in a reduction's vector.
  func range(_ side: Reduction.Side) -> Range<Int> {
    side == .anchors ? tile.rows : group.start + tile.columns.lowerBound..<group.start + tile.columns.upperBound
  }

  /// slope·ℓ + offset.
  func arguments(of reduction: BoundReduction) -> Tensor {
    let scaled = reduction.slope == 1 ? logits : logits * reduction.slope
    switch reduction.offset {
    case .number(let number): return number == 0 ? scaled : scaled + number
    case .each(let vector): return scaled + spread(vector, reduction.side)
    case .logAddExp(let u, let v): return scaled + logAddExp(u, v)
    }
  }

  /// log(exp uᵢ + exp vₖ) of the tile.
  func logAddExp(_ u: Tensor, _ v: Tensor) -> Tensor {
    .logAddExp(spread(u, .anchors), spread(v, .candidates))
  }

  /// The pairs that a reduction goes over, `bool`, `[rows, columns]`; nil for all.
  func mask(of reduction: BoundReduction) -> Tensor? {
    var mask: Tensor?
    switch reduction.pairs {
    case .positives: mask = positives ?? .zeros(logits.shape, type: .bool, on: problem.device)
    case .negatives:
      let others = positives.map { positives in excluded.map { positives.or($0) } ?? positives } ?? excluded
      mask = others.map { !$0 }
    case .compared: mask = excluded.map { !$0 }
    }
    for (comparator, threshold) in reduction.cuts {
      let bound =
        switch threshold {
        case .number(let number): Tensor(number, type: problem.type, on: problem.device)
        case .each(let vector): spread(vector, reduction.side)
        }
      let chosen =
        switch comparator {
        case .above: logits .> bound
        case .atLeast: bound .<= logits
        case .below: logits .< bound
        case .atMost: logits .<= bound
        }
      mask = mask?.and(chosen) ?? chosen
    }
    return mask
  }
}

extension Relation {
  /// Positives and places that are not compared, which have none in common.
  func masks(of tile: Tile, on device: Device) -> (positives: Tensor?, excluded: Tensor?) {
    var positives = positive.mask(of: tile, on: device)
    var excluded = excluded?.mask(of: tile, on: device)
    if let excluded { positives = positives?.and(!excluded) }
    if let ignored = ignored?.mask(of: tile, on: device) {
      let others = positives.map { ignored.and(!$0) } ?? ignored
      excluded = excluded?.or(others) ?? others
    }
    return (positives, excluded)
  }
}
