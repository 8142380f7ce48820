import Dispatch
import Tensors

/// At which ranks everything lies that belongs to a query.
///
/// With the similarities s₁ ≥ s₂ ≥ … ≥ s_R of the *R* relevant items of a query, the rank of the *i*-th is
///
///     rankᵢ = i + |{ irrelevant j : sⱼ ≥ sᵢ − 10⁻¹² }|
///
/// No order of all items is made: every item is counted at the first relevant one that it is not behind of, by a
/// `RankTable`, and the similarities of a block of queries are all that is held.
struct RelevantRanks {
  /// How near similarities are equal: `float64` products of equal rows differ by about 10⁻¹⁵.
  static let tolerance = 1e-12

  /// The most similarities that are held at once, unless those of one query are more: 32 MiB.
  private static let block = 1 << 22

  private let items: Tensor  // [D, M], of unit length

  /// Prepares a gallery `[M, D]`.
  init(in gallery: Tensor) {
    items = withoutGradient { gallery.to(.float64).normalized().transposed() }
  }

  /// Calls a closure with the ranks, ascending from 1, of what belongs to each query, on several threads.
  ///
  /// - Parameters:
  ///   - places: Which rows of `queries` to search for; something belongs to each.
  ///   - queries: `[N, D]`.
  func map<Result: Sendable>(
    _ places: [Int], of queries: Tensor, _ relevance: RelevanceLookup, _ body: @Sendable ([Int]) -> Result
  ) -> [Result] {
    withoutGradient {
      let m = items.shape[1]
      let length = min(256, max(1, Self.block / m))
      return stride(from: 0, to: places.count, by: length).flatMap { start in
        let asked = places[start..<min(start + length, places.count)]
        let similarities = queries.items(at: Array(asked)).to(.float64).normalized().matrixProduct(items)
        return similarities.contiguous().withBytes { bytes in
          let rows = Rows(similarities: bytes.bindMemory(to: Double.self), width: m)
          return concurrently(asked.count) { i in
            let query = asked[start + i]
            return body(
              rows.ranks(
                of: relevance.candidates(of: query), leavingOut: relevance.leavesOneOut ? query : nil, inRow: i))
          }
        }
      }
    }
  }

  /// Similarities that several threads read.
  private struct Rows: @unchecked Sendable {
    let similarities: UnsafeBufferPointer<Double>
    let width: Int

    func ranks(of candidates: [Int], leavingOut itself: Int?, inRow i: Int) -> [Int] {
      let row = UnsafeBufferPointer(rebasing: similarities[i * width..<(i + 1) * width])
      let scores = candidates.lazy.filter { $0 != itself }.map { row[$0] }
      var table = RankTable(marks: scores.map { $0 - tolerance })
      table.add(row)
      table.add(scores, times: -1)
      if let itself { table.add(CollectionOfOne(row[itself]), times: -1) }
      return table.standings.enumerated().map { i, irrelevant in i + 1 + irrelevant }
    }
  }
}

/// Calls a closure for 0 ..< *count* on all processors and returns the results in order.
private func concurrently<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
  var results = [Result?](repeating: nil, count: count)
  results.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let slots = buffer
    DispatchQueue.concurrentPerform(iterations: count) { slots[$0] = body($0) }
  }
  return results.map { $0! }
}
