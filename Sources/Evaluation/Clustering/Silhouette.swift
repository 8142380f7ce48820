import Search
public import Tensors

/// How much nearer items lie to their own cluster than to the next one.
public enum Silhouette {
  /// The mean of `values(of:clusters:)`.
  ///
  /// - Returns: NaN for fewer than two clusters, of which nothing can be said.
  /// - Throws: `InputError` when a row is not finite.
  public static func mean(of rows: Tensor, clusters: [Int]) throws -> Double {
    let values = try values(of: rows, clusters: clusters)
    return values.reduce(0, +) / Double(values.count)
  }

  /// For every item
  ///
  ///     (b − a) / max(a, b)
  ///
  /// with the mean Euclidean distance *a* to the other items of the same cluster, and *b* to those of the nearest other
  /// one; 0 for an item that is alone. Between −1 and 1.
  ///
  /// Time O(N²·D), memory O(N·D) and the distances of a block of items.
  ///
  /// Source: Rousseeuw. "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis." Journal
  /// of Computational and Applied Mathematics 20, 1987.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`, as they are.
  ///   - clusters: The cluster of every row.
  /// - Returns: NaN for fewer than two clusters, of which nothing can be said.
  /// - Throws: `InputError` when a row is not finite.
  public static func values(of rows: Tensor, clusters: [Int]) throws -> [Double] {
    try rows.requireFiniteRows("item")
    precondition(rows.shape[0] == clusters.count, "\(rows.shape[0]) rows need a cluster each, got \(clusters.count)")
    let parts = Set(clusters).sorted()
    guard parts.count > 1 else { return clusters.map { _ in .nan } }
    let numbers = Dictionary(uniqueKeysWithValues: zip(parts, 0...))
    let places = clusters.map { numbers[$0]! }
    return withoutGradient {
      let rows = rows.to(.float64)
      let own = Tensor(places)
      let members = (own.unsqueezed(1) .== Tensor.range(0..<parts.count)).to(.float64)  // [N, k]
      let counts = members.sum(0)
      let block = max(1, (1 << 22) / places.count)
      var values: [Double] = []
      for start in stride(from: 0, to: places.count, by: block) {
        let range = start..<min(start + block, places.count)
        let sums = rows[range].distances(to: rows).matrixProduct(members)  // [B, k]
        let isOwn = members[range] .> 0.5
        let ownCount = counts.items(at: own[range])
        let a = sums.filled(where: !isOwn, with: 0).sum(1) / (ownCount - 1).clamped(min: 1)
        let b = (sums / counts).filled(where: isOwn, with: .infinity).min(1)
        let scores = (b - a) / Tensor.maximum(a, b).clamped(min: Double.leastNormalMagnitude)
        values += scores.filled(where: ownCount .< 1.5, with: 0).values(as: Double.self)
      }
      return values
    }
  }
}
