/// A rectangle of the matrix of similarities.
struct Tile {
  let rows: Range<Int>
  let columns: Range<Int>

  /// Where a diagonal of the whole matrix crosses the tile, or nil where it does not.
  ///
  /// - Parameter offset: column − row, counted in the whole matrix.
  /// - Returns: column − row counted in the tile, and the rows and columns of the whole matrix that it meets.
  func diagonal(_ offset: Int) -> (offset: Int, rows: Range<Int>, columns: Range<Int>)? {
    let first = max(rows.lowerBound, columns.lowerBound - offset)
    let end = min(rows.upperBound, columns.upperBound - offset)
    guard first < end else { return nil }
    return (offset + rows.lowerBound - columns.lowerBound, first..<end, first + offset..<end + offset)
  }

  /// The range 0 ..< count in parts of a length, the last one shorter.
  static func parts(of count: Int, length: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
  }
}
