import Basics
import Search
public import Tensors

/// Clustering by k-means: *k* centres such that the squared distances of all rows to their nearest centre,
///
///     inertia = Σᵢ minⱼ ‖xᵢ − cⱼ‖²
///
/// cannot be lowered by moving a row or a centre. Centres begin as rows drawn by k-means++, every one with a chance in
/// proportion to its squared distance from those before it; then rows go to their nearest centre and centres to the mean
/// of their rows, until no row moves. The best of several restarts is kept. A centre that loses all of its rows takes the
/// one that lies farthest from its own.
///
/// Everything is in `float64` and follows from the seed. Time O(restarts·iterations·N·k·D), memory O(N·D) and the
/// distances of a block of rows.
///
/// Source: Lloyd. "Least squares quantization in PCM." IEEE Transactions on Information Theory 28(2), 1982. The
/// beginning: Arthur, Vassilvitskii. "k-means++: The Advantages of Careful Seeding." SODA 2007.
public struct KMeans: Hashable, Sendable, Codable {
  /// *k*.
  public let clusters: Int

  /// How often to begin anew.
  public let restarts: Int

  /// The number of rounds after which a restart ends at the latest.
  public let maximumIterations: Int

  /// What all is drawn from.
  public let seed: UInt64

  /// What was found.
  public struct Result {
    /// The cluster of every row, 0 ..< `clusters`, numbered by the first row of each.
    public let assignments: [Int]

    /// `[k, D]`, `float64`, in the order of the numbers.
    public let centres: Tensor

    /// The sum of squared distances to the centres.
    public let inertia: Double
  }

  /// Creates a clustering.
  ///
  /// - Parameters:
  ///   - clusters: At least 1.
  ///   - restarts: scikit-learn's 10 of its older versions; centres drawn by k-means++ rarely need more.
  ///   - maximumIterations: scikit-learn's 300.
  ///   - seed: The same seed gives the same clusters.
  public init(clusters: Int, restarts: Int = 10, maximumIterations: Int = 300, seed: UInt64 = 1) {
    precondition(clusters > 0, "there must be a cluster, not \(clusters)")
    precondition(restarts > 0 && maximumIterations > 0, "got \(restarts) restarts of \(maximumIterations) iterations")
    (self.clusters, self.restarts, self.maximumIterations, self.seed) = (clusters, restarts, maximumIterations, seed)
  }

  /// Clusters rows `[N, D]` as they are: for directions, scale them to unit length first.
  ///
  /// - Throws: `InputError` when a row is not finite or there are fewer rows than clusters.
  public func fit(_ rows: Tensor) throws -> Result {
    try rows.requireFiniteRows("item")
    guard rows.shape[0] >= clusters else {
      throw InputError("\(rows.shape[0]) items cannot make \(clusters) clusters", remedy: "ask for fewer")
    }
    return withoutGradient {
      let rows = rows.to(.float64)
      return (0..<restarts)
        .map { restart in
          var rounds = Lloyd(rows, clusters, RandomStream(seed: seed, restart))
          return rounds.run(atMost: maximumIterations)
        }
        .min { $0.inertia < $1.inertia }!
    }
  }
}

/// One beginning, and the rounds after it.
private struct Lloyd {
  let rows: Tensor  // [N, D], float64
  var centres: Tensor  // [k, D]

  init(_ rows: Tensor, _ clusters: Int, _ stream: RandomStream) {
    self.rows = rows
    var stream = stream
    let n = rows.shape[0]
    var chosen = [stream.integer(below: n)]
    var squares = Self.squaredDistances(of: rows, to: rows.items(at: chosen))
    while chosen.count < clusters {
      // A row that equals a centre has no chance, unless all do.
      let weights = squares.values(as: Double.self)
      let next = Self.draw(weights, &stream) ?? (0..<n).first { !chosen.contains($0) }!
      chosen.append(next)
      squares = .minimum(squares, Self.squaredDistances(of: rows, to: rows[next..<(next + 1)]))
    }
    centres = rows.items(at: chosen)
  }

  mutating func run(atMost iterations: Int) -> KMeans.Result {
    var (assignments, squares) = nearest()
    for _ in 1..<max(iterations, 2) {
      let before = assignments
      moveCentres(assignments, squares)
      (assignments, squares) = nearest()
      if assignments == before { break }
    }
    return numbered(assignments, inertia: squares.reduce(0, +))
  }

  /// The nearest centre of every row, and the squared distance to it.
  private func nearest() -> (assignments: [Int], squares: [Double]) {
    var (assignments, squares): ([Int], [Double]) = ([], [])
    for start in stride(from: 0, to: rows.shape[0], by: 4096) {
      let distances = rows[start..<min(start + 4096, rows.shape[0])].distances(to: centres)
      let places = (-distances).indexOfMax(along: 1)
      assignments += places.values(as: Int.self)
      squares += distances.gathered(at: places.unsqueezed(1), along: 1).squared().values(as: Double.self)
    }
    return (assignments, squares)
  }

  private mutating func moveCentres(_ assignments: [Int], _ squares: [Double]) {
    let k = centres.shape[0]
    var (assignments, counts) = (assignments, [Int](repeating: 0, count: k))
    for cluster in assignments { counts[cluster] += 1 }
    // The farthest rows first, each from a cluster that keeps another.
    var farthest = squares.indices.sorted { (-squares[$0], $0) < (-squares[$1], $1) }[...]
    for empty in 0..<k where counts[empty] == 0 {
      while let row = farthest.popFirst() {
        guard counts[assignments[row]] > 1 else { continue }
        counts[assignments[row]] -= 1
        assignments[row] = empty
        counts[empty] = 1
        break
      }
    }
    let clusters = Tensor.range(0..<k).unsqueezed(1)
    var sums = Tensor.zeros(centres.shape, type: .float64)
    let n = rows.shape[0]
    for start in stride(from: 0, to: n, by: 4096) {
      let end = min(start + 4096, n)
      let members = (clusters .== Tensor(Array(assignments[start..<end])).unsqueezed(0)).to(.float64)
      sums = sums + members.matrixProduct(rows[start..<end])
    }
    centres = sums / Tensor(counts.map(Double.init)).unsqueezed(1)
  }

  /// Clusters numbered by the first row of each: equal partitions have equal numbers.
  private func numbered(_ assignments: [Int], inertia: Double) -> KMeans.Result {
    var (order, numbers): ([Int], [Int: Int]) = ([], [:])
    for cluster in assignments where numbers[cluster] == nil {
      numbers[cluster] = order.count
      order.append(cluster)
    }
    // A cluster that is still empty, where rows are equal, comes last.
    order += (0..<centres.shape[0]).filter { numbers[$0] == nil }
    return KMeans.Result(
      assignments: assignments.map { numbers[$0]! }, centres: centres.items(at: order), inertia: inertia)
  }

  private static func squaredDistances(of rows: Tensor, to centre: Tensor) -> Tensor {
    (rows - centre).squared().sum(1)
  }

  /// An index with a chance in proportion to its weight; nil when all weights are zero.
  private static func draw(_ weights: [Double], _ stream: inout RandomStream) -> Int? {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return nil }
    var left = stream.uniform() * sum
    for (i, weight) in weights.enumerated() where weight > 0 {
      left -= weight
      if left < 0 { return i }
    }
    return weights.lastIndex { $0 > 0 }
  }
}
