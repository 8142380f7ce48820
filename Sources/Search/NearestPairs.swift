package import Tensors

/// The most similar pairs among the rows of a matrix, found exactly, tile by tile.
///
/// Of all *N*·(*N* − 1)/2 pairs *i* < *j* those of the highest cosine similarity are kept; of equally similar ones those of the
/// lower *i*, then of the lower *j*, so that the answer depends on nothing but the numbers. Time O(*N*²·D), memory one tile
/// and 48 bytes for each pair that is asked for.
package struct NearestPairs {
  /// Two rows, the first before the second.
  package struct Pair: Hashable, Sendable {
    package let first, second: Int
    /// Their cosine similarity.
    package let score: Float

    /// Whether it comes before another one.
    fileprivate func precedes(_ other: Pair) -> Bool {
      if score != other.score { return score > other.score }
      return (first, second) < (other.first, other.second)
    }
  }

  private let tile: (queries: Int, rows: Int)

  /// Prepares a search.
  ///
  /// - Parameter tile: How many rows are compared with how many others at once.
  package init(tile: (queries: Int, rows: Int) = NearestRows.defaultTile) { self.tile = tile }

  /// Returns the most similar pairs, the most similar first.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`; a row of zeros is as similar to any as 0.
  ///   - count: How many at most.
  ///   - floor: The lowest similarity that is of interest.
  ///   - isWanted: Whether a pair of rows counts; asked only of pairs that could be kept.
  ///   - progress: Called with the number of rows that have been compared with all behind them.
  package func callAsFunction(
    among rows: Tensor, count: Int, above floor: Float = -.infinity,
    where isWanted: (Int, Int) -> Bool = { _, _ in true },
    progress: (Int) -> Void = { _ in }
  ) -> [Pair] {
    precondition(count > 0, "one pair or more is looked for, not \(count)")
    var kept = Kept(count: count, floor: floor)
    let unit = withoutGradient { rows.normalized().to(.float32) }
    let n = unit.shape[0]
    for top in stride(from: 0, to: n, by: tile.queries) {
      let block = top..<min(top + tile.queries, n)
      for left in stride(from: top / tile.rows * tile.rows, to: n, by: tile.rows) {
        let columns = left..<min(left + tile.rows, n)
        let scores = withoutGradient { unit[block].matrixProduct(unit[columns].transposed()).contiguous() }
        scores.withBytes { bytes in
          let all = bytes.bindMemory(to: Float.self)
          for i in block {
            let row = UnsafeBufferPointer(rebasing: all[(i - top) * columns.count..<(i - top + 1) * columns.count])
            for place in max(0, i + 1 - left)..<max(columns.count, i + 1 - left)
            where row[place] >= kept.floor && isWanted(i, left + place) {
              kept.add(Pair(first: i, second: left + place, score: row[place]))
            }
          }
        }
      }
      progress(block.upperBound)
    }
    return kept.best()
  }

  /// The best of what was added. Up to twice as many are held; then the worse half goes, and the floor rises.
  private struct Kept {
    let count: Int
    private(set) var floor: Float
    private var pairs: [Pair] = []

    init(count: Int, floor: Float) { (self.count, self.floor) = (count, floor) }

    mutating func add(_ pair: Pair) {
      pairs.append(pair)
      if pairs.count >= 2 * count { shorten() }
    }

    private mutating func shorten() {
      pairs.sort { $0.precedes($1) }
      guard pairs.count >= count else { return }
      pairs.removeLast(pairs.count - count)
      // What is as similar as the last may still come before it.
      floor = max(floor, pairs[count - 1].score)
    }

    mutating func best() -> [Pair] {
      shorten()
      return pairs
    }
  }
}
