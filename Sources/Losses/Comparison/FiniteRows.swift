import Basics
public import Tensors

extension Comparison {
  /// Throws where a row of embeddings holds a NaN or an infinite number, which no loss can be made of.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`.
  ///   - name: What the rows are, such as "images".
  /// - Throws: `InputError` that names the first such row.
  public static func requireFinite(_ rows: Tensor, _ name: String) throws {
    guard let row = firstBrokenRow(of: rows) else { return }
    throw InputError(
      in: name, "row \(row) holds a number that is not finite",
      remedy: "in training: lower the learning rate; in a file: look where the embeddings came from")
  }

  /// Whether a row of anchors or candidates holds a NaN or an infinite number.
  var hasBrokenRows: Bool {
    ([anchors] + groups.map(\.rows)).contains { Self.firstBrokenRow(of: $0) != nil }
  }

  static func firstBrokenRow(of rows: Tensor) -> Int? {
    withoutGradient {
      // A sum is finite only where all its parts are, and made in one pass; it may also be infinite by itself.
      if rows.sum().isFinite().item() != 0 { return nil }
      let isBroken = !rows.isFinite().to(.float32).min(1).to(.bool)
      return isBroken.any() ? isBroken.to(.float32).indexOfMax(along: 0).values(as: Int.self)[0] : nil
    }
  }
}

extension Problem {
  /// Traps where a row is not finite, and names it.
  static func requireFiniteRows(of anchors: Tensor, groups: [Tensor]) {
    func check(_ rows: Tensor, _ name: String) {
      guard let row = Comparison.firstBrokenRow(of: rows) else { return }
      preconditionFailure("comparison: row \(row) of the \(name) holds a number that is not finite")
    }
    check(anchors, "anchors")
    for (g, rows) in groups.enumerated() where !rows.isSame(as: anchors) {
      check(rows, groups.count == 1 ? "candidates" : "candidates of group \(g)")
    }
  }
}
