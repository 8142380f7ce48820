import Tensors

/// Pairs of an anchor's and a candidate's index, sorted by anchor, so that those of a tile are found without a look at
/// the others' rows.
struct PairList {
  private let candidates: [Int]  // of anchor i: candidates[starts[i] ..< starts[i + 1]], ascending
  private let starts: [Int]
  private let largestCandidate: Int

  init(_ pairs: [(anchor: Int, candidate: Int)]) {
    for pair in pairs {
      precondition(
        pair.anchor >= 0 && pair.candidate >= 0, "pairs: an index is negative in (\(pair.anchor), \(pair.candidate))")
    }
    let sorted = pairs.sorted { ($0.anchor, $0.candidate) < ($1.anchor, $1.candidate) }
    candidates = sorted.map(\.candidate)
    largestCandidate = candidates.max() ?? -1
    var starts = [0]
    for (position, pair) in sorted.enumerated() {
      while starts.count <= pair.anchor { starts.append(position) }
    }
    starts.append(sorted.count)
    self.starts = starts
  }

  func fits(anchors n: Int, candidates m: Int) -> Bool { starts.count - 1 <= n && largestCandidate < m }

  /// The candidates of an anchor that lie in a range of columns, ascending.
  func candidates(of anchor: Int, in columns: Range<Int>) -> ArraySlice<Int> {
    guard anchor < starts.count - 1 else { return [] }
    let all = candidates[starts[anchor]..<starts[anchor + 1]]
    return all.prefix { $0 < columns.upperBound }.drop { $0 < columns.lowerBound }
  }

  /// `bool`, `[rows, columns]`, on the processor; nil where a tile has none of the pairs.
  func mask(of tile: Tile) -> Tensor? {
    let width = tile.columns.count
    var elements = [UInt8](repeating: 0, count: tile.rows.count * width)
    var isEmpty = true
    for row in tile.rows {
      for column in candidates(of: row, in: tile.columns) {
        elements[(row - tile.rows.lowerBound) * width + column - tile.columns.lowerBound] = 1
        isEmpty = false
      }
    }
    guard !isEmpty else { return nil }
    return elements.withUnsafeBytes { Tensor(bytes: $0, shape: [tile.rows.count, width], type: .bool) }
  }
}
