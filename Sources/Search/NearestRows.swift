package import Tensors

/// The exact nearest rows of a matrix, found tile by tile.
///
/// Similarities are computed for a block of queries and a block of rows at a time, and only the best of each are kept:
/// memory is O(tile + queries·count), time O(queries·rows·D). Among rows of an equal score the lower index comes first,
/// also where only some of them fit, so that the answer depends on nothing but the numbers.
package struct NearestRows {
  /// How near two rows are.
  package enum Measure: Hashable, Sendable {
    /// The product of the rows at unit length, in `float32` unless the rows are `float64`.
    case cosine
    /// The negative Euclidean distance, in `float64`: libtorch expands the square, and ‖x‖² + ‖y‖² − 2x·y leaves of a
    /// small distance nothing that is right in `float32`.
    case euclidean
  }

  /// 16 MiB of `float32`: products that fill both the processor and its caches.
  package static let defaultTile = (queries: 256, rows: 16384)

  private let rows: Tensor
  private let measure: Measure
  private let tile: (queries: Int, rows: Int)

  /// Prepares rows `[M, D]` to be found.
  ///
  /// - Parameter tile: How many queries and rows are compared at once.
  package init(among rows: Tensor, by measure: Measure, tile: (queries: Int, rows: Int) = defaultTile) {
    self.rows = Self.prepared(rows, for: measure)
    self.measure = measure
    self.tile = tile
  }

  /// Takes rows `[M, D]` that have unit length already, to be found by their cosine, without copying them.
  package init(amongNormalized rows: Tensor) {
    self.rows = rows
    measure = .cosine
    tile = Self.defaultTile
  }

  /// Returns the best rows of every query, best first.
  ///
  /// - Parameters:
  ///   - queries: `[N, D]`.
  ///   - count: How many; all when there are fewer rows.
  ///   - offset: When given, query *i* is row *offset* + *i* itself, which is left out.
  /// - Returns: Scores and, as `int64`, indices of rows, both `[N, min(count, rows)]`.
  package func callAsFunction(
    to queries: Tensor, count: Int, leavingOutFrom offset: Int? = nil
  ) -> (scores: Tensor, indices: Tensor) {
    let there = rows.shape[0] - (offset == nil ? 0 : 1)
    let count = min(count, max(there, 0))
    let starts = Array(stride(from: 0, to: queries.shape[0], by: tile.queries))
    guard count > 0, !starts.isEmpty else {
      let shape = [queries.shape[0], count]
      return (.zeros(shape, type: rows.type), .zeros(shape, type: .int64))
    }
    let found = withoutGradient {
      starts.map { start in
        let block = queries[start..<min(start + tile.queries, queries.shape[0])]
        return best(of: Self.prepared(block, for: measure), count: count, leavingOutFrom: offset.map { $0 + start })
      }
    }
    return (.concatenation(found.map(\.scores)), .concatenation(found.map(\.indices)))
  }

  private static func prepared(_ rows: Tensor, for measure: Measure) -> Tensor {
    switch measure {
    case .cosine: rows.normalized()
    case .euclidean: rows.to(.float64)
    }
  }

  private func best(
    of queries: Tensor, count: Int, leavingOutFrom offset: Int?
  ) -> (scores: Tensor, indices: Tensor) {
    var best: (scores: Tensor, indices: Tensor)?
    for start in stride(from: 0, to: rows.shape[0], by: tile.rows) {
      let block = rows[start..<min(start + tile.rows, rows.shape[0])]
      var scores =
        switch measure {
        case .cosine: queries.matrixProduct(block.transposed())
        case .euclidean: -queries.distances(to: block)
        }
      if let offset {
        let itself = Tensor.range(offset..<(offset + queries.shape[0])).unsqueezed(1)
        let columns = Tensor.range(start..<(start + block.shape[0])).unsqueezed(0)
        scores = scores.filled(where: itself .== columns, with: -.infinity)
      }
      let places = scores.placesOfLargest(min(count, block.shape[0]))
      let found = (scores: scores.gathered(at: places, along: 1), indices: places + Tensor([start]))
      guard let before = best else {
        best = found
        continue
      }
      // Rows of earlier blocks come first, and the sort is stable: equal scores stay in the order of their indices.
      let order = Tensor.concatenation([before.scores, found.scores], along: 1).sorted(descending: true)
      let kept = order.indices.slice(0..<min(count, order.indices.shape[1]), along: 1)
      best = (
        order.values.slice(0..<kept.shape[1], along: 1),
        Tensor.concatenation([before.indices, found.indices], along: 1).gathered(at: kept, along: 1)
      )
    }
    return best!
  }
}

extension Tensor {
  /// Where the *k* largest elements of every row lie, descending; of equal elements, those at the left.
  fileprivate func placesOfLargest(_ k: Int) -> Tensor {
    let (values, found) = largest(k)
    var places = found
    // libtorch takes any of the elements that equal the last one taken: choose again wherever it had a choice.
    let last = values.slice((k - 1)..<k, along: 1)
    if ((last .<= self).sum() .> Double(shape[0] * k)).item() != 0 {
      let width = shape[1]
      let fromLeft = Tensor([width]) - Tensor.range(0..<width)
      let tied = (last .== self).select(fromLeft, else: .zeros([1], type: .int64))
      let key = (last .< self).select(fromLeft + Tensor([width]), else: tied)
      places = key.largest(k).indices
    }
    places = places.sorted().values
    return places.gathered(at: gathered(at: places, along: 1).sorted(descending: true).indices, along: 1)
  }
}
