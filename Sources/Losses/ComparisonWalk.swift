import Tensors

/// The walk over the tiles of all similarities of anchors and candidates, which are never held at once.
///
/// Everything here runs without gradient and in one type, `float32` or `float64`.
struct ComparisonWalk {
  let scaled: Tensor  // s·a: [N, D]
  let candidates: Tensor  // [M, D]
  let relation: Relation
  let tiles: [Tile]
  let statistics: [SoftmaxStatistics]

  init(scaled: Tensor, candidates: Tensor, relation: Relation, tileSize: Int, directions: [SoftmaxStatistics.Direction])
  {
    self.scaled = scaled
    self.candidates = candidates
    self.relation = relation
    let (n, m) = (scaled.shape[0], candidates.shape[0])
    let columns = Tile.parts(of: m, length: tileSize)
    tiles = Tile.parts(of: n, length: tileSize).flatMap { rows in columns.map { Tile(rows: rows, columns: $0) } }
    statistics = directions.map {
      SoftmaxStatistics($0, count: $0 == .rows ? n : m, type: scaled.type, on: scaled.device)
    }
  }

  /// Walks once for the statistics.
  ///
  /// - Parameter keeping: Whether to return ∂loss/∂ℓ of the only tile, where there is only one.
  func gather(keeping: Bool) -> Tensor? {
    var kept: Tensor?
    for tile in tiles {
      let positives = positives(in: tile)
      let exponentials = eachDirection(logits(in: tile)) { $0.take($1, of: tile, positives: positives) }
      if keeping, tiles.count == 1 {
        kept = coefficients(in: tile, exponentials: exponentials, factors: statistics.map { $0.factors() })
      }
    }
    return kept
  }

  /// The loss, averaged over anchors and then over directions.
  func loss() -> Tensor {
    statistics.dropFirst().reduce(statistics[0].loss()) { $0 + $1.loss() } / Double(statistics.count)
  }

  /// Walks a second time, with the tiles made anew: Σₖ ∂loss/∂ℓᵢₖ·cₖ for every anchor, `[N, D]`, and
  /// Σᵢ ∂loss/∂ℓᵢₖ·s·aᵢ for every candidate, `[M, D]`, or nil where that is not wanted.
  func products(kept: Tensor?, forCandidates: Bool) -> (anchors: Tensor, candidates: Tensor?) {
    let ofAnchors = scaled.zerosAlike()
    let ofCandidates = forCandidates ? candidates.zerosAlike() : nil
    let factors = statistics.map { $0.factors() }
    for tile in tiles {
      let coefficients = kept ?? coefficients(in: tile, factors: factors)
      ofAnchors[tile.rows].addProduct(coefficients, candidates[tile.columns])
      ofCandidates?[tile.columns].addProduct(coefficients.transposed(), scaled[tile.rows])
    }
    return (ofAnchors, ofCandidates)
  }

  private func positives(in tile: Tile) -> Relation.Places { relation.positives(in: tile, of: scaled.shape[0]) }

  private func logits(in tile: Tile) -> Tensor {
    let logits = scaled[tile.rows].matrixProduct(candidates[tile.columns].transposed())
    switch relation.ignored(in: tile) {
    case .diagonals(let offsets):
      for diagonal in offsets.lazy.compactMap(tile.diagonal) { logits.diagonal(diagonal.offset).fill(-.infinity) }
    case .mask(let mask):
      logits.fill(where: mask.to(logits.device), -.infinity)
    }
    return logits
  }

  /// Calls a body that overwrites its tensor for every direction, with a copy for all but the last.
  private func eachDirection(_ logits: Tensor, _ body: (SoftmaxStatistics, Tensor) -> Tensor) -> [Tensor] {
    statistics.enumerated().map { i, direction in
      body(direction, i + 1 < statistics.count ? logits.copy() : logits)
    }
  }

  private func coefficients(in tile: Tile, factors: [(softmax: Tensor, positive: Tensor)]) -> Tensor {
    let exponentials = eachDirection(logits(in: tile)) { $0.exponentials($1, of: tile) }
    return coefficients(in: tile, exponentials: exponentials, factors: factors)
  }

  /// ∂loss/∂ℓ of a tile: its softmax less what is wanted of it, averaged over directions.
  private func coefficients(
    in tile: Tile, exponentials: [Tensor], factors: [(softmax: Tensor, positive: Tensor)]
  ) -> Tensor {
    let result = exponentials[0]
    let share = 1 / Double(statistics.count)
    for (i, direction) in statistics.enumerated() {
      exponentials[i].multiply(by: direction.spread(factors[i].softmax * share, over: tile))
      if i > 0 { result.add(exponentials[i]) }
      switch positives(in: tile) {
      case .diagonals(let offsets):
        for diagonal in offsets.lazy.compactMap(tile.diagonal) {
          let anchors = direction.direction == .rows ? diagonal.rows : diagonal.columns
          result.diagonal(diagonal.offset).add(factors[i].positive[anchors], times: -share)
        }
      case .mask(let mask):
        result.add(mask.to(result.type) * direction.spread(factors[i].positive, over: tile), times: -share)
      }
    }
    return result
  }
}

extension Tensor {
  fileprivate func zerosAlike() -> Tensor { .zeros(shape, type: type, on: device) }
}
