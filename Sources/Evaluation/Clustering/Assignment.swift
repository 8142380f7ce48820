/// The assignment problem: at most one column for each row, and one row for each column, of the largest sum.
enum Assignment {
  /// Returns for every row its column, nil for rows left over when there are more rows than columns.
  ///
  /// The Hungarian method with potentials, which keeps a shortest augmenting path a row: O(rows²·columns).
  ///
  /// Source: Kuhn. "The Hungarian method for the assignment problem." Naval Research Logistics Quarterly 2, 1955; the
  /// bookkeeping after Jonker, Volgenant. Computing 38, 1987.
  ///
  /// - Parameter gains: Rows of one length.
  static func maximal(_ gains: [[Double]]) -> [Int?] {
    guard let width = gains.first?.count, width > 0 else { return gains.map { _ in nil } }
    guard gains.count <= width else {
      // As many rows as there are columns find one: look from the other side.
      let rows = maximal((0..<width).map { column in gains.map { $0[column] } })
      var result = [Int?](repeating: nil, count: gains.count)
      for (column, row) in rows.enumerated() { result[row!] = column }
      return result
    }
    // Columns are counted from 1; column 0 stands for the row that looks for one.
    var rowPotential = [Double](repeating: 0, count: gains.count)
    var columnPotential = [Double](repeating: 0, count: width + 1)
    var rowOfColumn = [Int?](repeating: nil, count: width + 1)
    for row in gains.indices {
      rowOfColumn[0] = row
      var least = [Double](repeating: .infinity, count: width + 1)
      var before = [Int](repeating: 0, count: width + 1)
      var isUsed = [Bool](repeating: false, count: width + 1)
      var column = 0
      while let current = rowOfColumn[column] {
        isUsed[column] = true
        var (step, next) = (Double.infinity, 0)
        for j in 1...width where !isUsed[j] {
          let slack = -gains[current][j - 1] - rowPotential[current] - columnPotential[j]
          if slack < least[j] { (least[j], before[j]) = (slack, column) }
          if least[j] < step { (step, next) = (least[j], j) }
        }
        for j in 0...width {
          if isUsed[j] {
            rowPotential[rowOfColumn[j]!] += step
            columnPotential[j] -= step
          } else {
            least[j] -= step
          }
        }
        column = next
      }
      while column != 0 {
        rowOfColumn[column] = rowOfColumn[before[column]]
        column = before[column]
      }
    }
    var result = [Int?](repeating: nil, count: gains.count)
    for j in 1...width { if let row = rowOfColumn[j] { result[row] = j - 1 } }
    return result
  }
}
