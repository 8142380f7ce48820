import Basics

/// With which probability items are each other's neighbours: the matrix P of t-SNE.
///
///     pⱼ|ᵢ = exp(−βᵢ·dᵢⱼ²) / Σₖ≠ᵢ exp(−βᵢ·dᵢₖ²)      pᵢⱼ = (pⱼ|ᵢ + pᵢ|ⱼ) / 2N
///
/// with every βᵢ such that the entropy Hᵢ = −Σⱼ pⱼ|ᵢ log pⱼ|ᵢ is the logarithm of the perplexity.
struct NeighborProbabilities {
  /// The number of items N.
  let count: Int

  /// P in rows of N; symmetric, its diagonal 0, its sum 1.
  let values: [Double]

  /// Finds the probabilities of N² squared distances, in rows of N.
  init(squaredDistances: [Double], count: Int, perplexity: Double) {
    precondition(squaredDistances.count == count * count, "\(count) items have \(count * count) distances")
    self.count = count
    var conditional = squaredDistances
    for i in 0..<count {
      let row = i * count..<(i + 1) * count
      let others = row.filter { $0 != i * count + i }
      let weights = Self.probabilities(of: others.map { squaredDistances[$0] }, entropy: .log(perplexity))
      for (place, weight) in zip(others, weights) { conditional[place] = weight }
      conditional[i * count + i] = 0
    }
    var joint = conditional
    for i in 0..<count {
      for j in 0..<count {
        joint[i * count + j] = (conditional[i * count + j] + conditional[j * count + i]) / Double(2 * count)
      }
    }
    values = joint
  }

  /// The probabilities of one item's neighbours.
  ///
  /// The entropy falls with β, dH/dβ = −β·Var(d²) under the probabilities. Newton's steps find where it is as wanted, in
  /// between two bounds that close in, and half the way between them where a step would leave them. Where more items than
  /// the perplexity are equally near, no β is large enough, and they share the probability.
  static func probabilities(of squares: [Double], entropy: Double) -> [Double] {
    let nearest = squares.min() ?? 0
    let distances = squares.map { $0 - nearest }
    let mean = distances.reduce(0, +) / Double(distances.count)
    guard mean > 0 else { return distances.map { _ in 1 / Double(distances.count) } }
    var (low, high) = (0.0, Double.infinity)
    var beta = 1 / mean
    var weights: [Double] = []
    for _ in 0..<100 {
      weights = distances.map { .exp(-beta * $0) }
      let sum = weights.reduce(0, +)
      var (first, second) = (0.0, 0.0)
      for (weight, distance) in zip(weights, distances) {
        first += weight * distance
        second += weight * distance * distance
      }
      (first, second) = (first / sum, second / sum)
      let excess = .log(sum) + beta * first - entropy
      if abs(excess) < 1e-12 { break }
      if excess > 0 { low = beta } else { high = beta }
      let next = beta + excess / (beta * max(second - first * first, 1e-300))
      beta =
        next > low && next < high && next.isFinite && next < 100 * beta
        ? next : high.isFinite ? (low + high) / 2 : beta * 4
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}
