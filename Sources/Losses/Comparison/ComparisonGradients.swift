import Tensors

/// The gradients of a comparison's inputs, gathered tile by tile.
///
/// With *G* = ∂L/∂ℓ of a tile: ∂L/∂a = s·(G·C) and ∂L/∂c = s·(Gᵀ·A) for products. A distance depends on the products by
/// −2 and on the squared norms by 1, so that ∂L/∂aᵢ = 2·Σₖ Uᵢₖ·(aᵢ − cₖ) with *U* = s·G of squared distances, and of
/// distances d that divided by 2d.
final class ComparisonGradients {
  private let problem: Problem
  private(set) var result: InputGradients

  init(_ problem: Problem, needs: InputGradients.Needs) {
    self.problem = problem
    func zeros(_ shape: [Int], _ type: DataType) -> Tensor { .zeros(shape, type: type, on: problem.device) }
    result = InputGradients(
      anchors: needs.anchors ? zeros(problem.anchors.shape, problem.type) : nil,
      groups: zip(problem.groups, needs.groups).map { $1 ? zeros($0.rows.shape, problem.type) : nil },
      scale: needs.scale ? zeros([], problem.vectorType) : nil,
      biases: zip(problem.groups, needs.biases).map { group, needed in
        needed ? group.bias.map { zeros($0.shape, problem.vectorType) } : nil
      },
      offsets: problem.reductions.map { reduction in
        switch reduction.offset {
        case .number: []
        case .each: [zeros([problem.count(of: reduction.side)], problem.vectorType)]
        case .logAddExp:
          [zeros([problem.anchorCount], problem.vectorType), zeros([problem.candidateCount], problem.vectorType)]
        }
      })
  }

  /// Takes in ∂L/∂*x* of a reduction on a tile, for its offset.
  func addOffsets(of index: Int, _ coefficients: Tensor, _ tile: ComparedTile) {
    let reduction = problem.reductions[index]
    switch reduction.offset {
    case .number: break
    case .each:
      result.offsets[index][0][tile.range(reduction.side)].add(coefficients.sum(reduction.side == .anchors ? 1 : 0))
    case .logAddExp(let u, let v):
      let ofAnchor = (tile.spread(u, .anchors) - tile.spread(v, .candidates)).sigmoid()
      result.offsets[index][0][tile.range(.anchors)].add((coefficients * ofAnchor).sum(1))
      result.offsets[index][1][tile.range(.candidates)].add((coefficients * (1 - ofAnchor)).sum(0))
    }
  }

  /// Takes in ∂L/∂ℓ of a tile.
  func add(_ gradient: Tensor, _ tile: ComparedTile, norms: (anchors: Tensor, candidates: Tensor)?) {
    let g = problem.groups.firstIndex { $0.start == tile.group.start }!
    let (rows, columns) = (tile.tile.rows, tile.tile.columns)
    result.scale?.add((gradient * tile.similarities).sum().to(problem.vectorType))
    if let bias = result.biases[g] {
      (bias.rank == 0 ? bias : bias[columns]).add(bias.rank == 0 ? gradient.sum() : gradient.sum(0))
    }
    guard result.anchors != nil || result.groups[g] != nil else { return }
    // Rounded for sums and products alike, so that equal rows cancel out.
    let coefficients = problem.rounded(problem.similarity.coefficients(gradient, at: tile.similarities))
    let (a, c) = (problem.rounded(problem.anchors[rows]), problem.rounded(tile.group.rows[columns]))
    // A tile's product is made before it is added: `addmm` adds every term to the sum so far, and over a million of them
    // three digits of seven were lost.
    func part(_ coefficients: Tensor, of own: Tensor, by others: Tensor) -> Tensor {
      let products = problem.product(coefficients, others)
      if norms == nil { return products * problem.scale }
      return (own * coefficients.sum(1, keeping: true) - products) * (problem.scale * 2)
    }
    result.anchors?[rows].add(part(coefficients, of: a, by: c))
    result.groups[g]?[columns].add(part(coefficients.transposed(), of: c, by: a))
  }
}
