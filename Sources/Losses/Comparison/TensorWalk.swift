import Tensors

/// The walk over the tiles in operations of libtorch, on any device and in any type; what the compiled walk is held to.
///
/// Everything here runs without gradient.
final class TensorWalk: ComparisonWalk {
  private let problem: Problem
  private let states: [ReductionState]

  init(_ problem: Problem) {
    self.problem = problem
    states = problem.reductions.map { ReductionState($0, of: problem) }
  }

  func forward() -> [Tensor] {
    eachTile { tile, _ in for state in states { state.take(tile) } }
    return states.map { $0.result() }
  }

  func backward(_ seeds: [Tensor?], needs: InputGradients.Needs) -> InputGradients {
    let gradients = ComparisonGradients(problem, needs: needs)
    let live = zip(states, seeds).enumerated().compactMap { i, pair in
      pair.1.map { (index: i, state: pair.0, factor: pair.0.factor($0)) }
    }
    eachTile { tile, norms in
      var gradient: Tensor?
      for (i, state, factor) in live {
        let coefficients = state.coefficients(of: tile, factor: factor)
        gradients.addOffsets(of: i, coefficients, tile)
        let slope = state.reduction.slope
        let scaled = slope == 1 ? coefficients : coefficients * slope
        gradient = gradient.map { $0 + scaled } ?? scaled
      }
      if let gradient { gradients.add(gradient, tile, norms: norms) }
    }
    return gradients.result
  }

  /// The side of a tile where none is asked for.
  static func tileSize(on device: Device) -> Int { device.kind == .cpu ? 1024 : 8192 }

  private func eachTile(_ body: (ComparedTile, (anchors: Tensor, candidates: Tensor)?) -> Void) {
    let length = problem.tileSize ?? Self.tileSize(on: problem.device)
    let isDistance = problem.similarity != .dot
    let anchorNorms = isDistance ? problem.rounded(problem.anchors).squared().sum(1) : nil
    for group in problem.groups {
      let norms = anchorNorms.map { ($0, group.isAnchors ? $0 : problem.rounded(group.rows).squared().sum(1)) }
      for rows in Tile.parts(of: problem.anchorCount, length: length) {
        for columns in Tile.parts(of: group.count, length: length) {
          if let products = problem.compilation.products { products[0] += Int64(rows.count * columns.count) }
          body(ComparedTile(problem, group, Tile(rows: rows, columns: columns), norms: norms), norms)
        }
      }
    }
  }
}
