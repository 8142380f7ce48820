public import Tensors

/// The rows of a gallery that are nearest to every query, found exactly.
///
/// A chunk of queries is compared with the whole gallery at a time: memory is 64 MB beside the rows for a gallery of up
/// to 16 million, time O(*Q*·*N*·*D*). Rows that are equally near come in the order of the gallery, whatever libtorch's
/// own choice among them would be.
public struct Neighbors {
  /// How near two rows are.
  public enum Measure: Hashable, Sendable {
    /// The cosine of the angle between them: 1 for the same direction.
    case cosine
    /// The Euclidean distance between the rows as they are, negated, so that larger is nearer.
    case euclidean
  }

  /// A row of the gallery, and how near it is.
  public struct Match: Hashable, Sendable {
    /// The row's number.
    public let index: Int
    /// The cosine, or the negated distance.
    public let similarity: Double
  }

  private let gallery: Tensor
  private let measure: Measure

  /// The number of similarities held at once.
  public var chunkSize = 1 << 24

  /// Prepares a gallery `[N, D]`.
  public init(in gallery: Tensor, by measure: Measure = .cosine) {
    precondition(gallery.rank == 2, "a gallery is [N, D], got \(gallery.shape)")
    self.gallery = Self.prepared(gallery, measure)
    self.measure = measure
  }

  /// Calls a body with every query's number and its matches, the nearest first.
  ///
  /// - Parameters:
  ///   - k: The number of matches; all there are when there are fewer.
  ///   - queries: `[Q, D]`.
  ///   - leavingOneOut: Whether query *i* is row *i* of the gallery and not to find itself.
  public func forEach(
    _ k: Int, of queries: Tensor, leavingOneOut: Bool = false, _ body: (_ query: Int, [Match]) throws -> Void
  ) rethrows {
    precondition(k > 0, "the number of neighbours must be positive, not \(k)")
    precondition(
      queries.rank == 2 && queries.shape[1] == gallery.shape[1],
      "queries of \(gallery.shape[1]) dimensions expected, got shape \(queries.shape)")
    let (n, q) = (gallery.shape[0], queries.shape[0])
    precondition(!leavingOneOut || n == q, "leaving one out takes queries that are the gallery, got \(q) and \(n)")
    let k = min(k, leavingOneOut ? n - 1 : n)
    let length = max(1, chunkSize / max(n, 1))
    for start in stride(from: 0, to: q, by: length) {
      let range = start..<min(start + length, q)
      let matches =
        k <= 0
        ? range.map { _ in [] }
        : withoutGradient { nearest(k, of: queries[range], excluding: leavingOneOut ? start : nil) }
      for (i, matches) in matches.enumerated() { try body(start + i, matches) }
    }
  }

  /// The matches of every query, the nearest first.
  public func nearest(_ k: Int, of queries: Tensor, leavingOneOut: Bool = false) -> [[Match]] {
    var result: [[Match]] = []
    forEach(k, of: queries, leavingOneOut: leavingOneOut) { result.append($1) }
    return result
  }

  private static func prepared(_ rows: Tensor, _ measure: Measure) -> Tensor {
    let plain = rows.detached()
    return measure == .cosine ? plain.normalized() : plain.type == .float64 ? plain : plain.to(.float32)
  }

  /// - Parameter first: Where query 0 lies in the gallery, not to be found; nil when it does not lie there.
  private func nearest(_ k: Int, of queries: Tensor, excluding first: Int?) -> [[Match]] {
    let rows = Self.prepared(queries, measure)
    let similarities =
      withPrecision(.float32, on: rows.device) {
        measure == .cosine ? rows.matrixProduct(gallery.transposed()) : -rows.distances(to: gallery)
      }
    if let first { similarities.diagonal(first).fill(-.infinity) }
    let top = similarities.largest(k)
    let values = top.values.values(as: Double.self)
    let indices = top.indices.values(as: Int.self)
    // With more rows at least as near as the last match than there are matches, which of the equal ones were taken is
    // libtorch's choice: those queries are sorted whole.
    let last = top.values.slice(k - 1..<k, along: 1)
    let atLeast = (last .<= similarities).sum(1).values(as: Int.self)
    return atLeast.indices.map { i in
      if atLeast[i] != k {
        let all = similarities[i].sorted(descending: true)
        return zip(all.indices[0..<k].values(as: Int.self), all.values[0..<k].values(as: Double.self))
          .map { Match(index: $0, similarity: $1) }
      }
      return (i * k..<(i + 1) * k).map { Match(index: indices[$0], similarity: values[$0]) }
        .sorted { ($1.similarity, $0.index) < ($0.similarity, $1.index) }
    }
  }
}
