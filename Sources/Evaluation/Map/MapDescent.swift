import Basics

/// The descent of t-SNE: places on the plane, and how they move.
///
/// With wᵢⱼ = (1 + ‖yᵢ − yⱼ‖²)⁻¹ and Z = Σᵢ≠ⱼ wᵢⱼ, qᵢⱼ = wᵢⱼ/Z, and P times an exaggeration e, the gradient is
///
///     ∂KL/∂yᵢ = 4·Σⱼ (e·pᵢⱼ − qᵢⱼ)·wᵢⱼ·(yᵢ − yⱼ)
///
/// (equation 5). Every coordinate has a gain of its own, which grows while its gradient keeps its direction (Jacobs'
/// delta-bar-delta), and a velocity that momentum carries on.
struct MapDescent {
  /// What multiplies P in the beginning.
  static let earlyExaggeration = 12.0

  /// The places.
  private(set) var x, y: [Double]

  private let probabilities: NeighborProbabilities
  private let rate: Double
  private var velocity: [Double]
  private var gains: [Double]

  /// Begins at places that are scaled to a standard deviation of 10⁻⁴ along x, so that all items are near each other.
  init(_ probabilities: NeighborProbabilities, x: [Double], y: [Double]) {
    let count = probabilities.count
    precondition(x.count == count && y.count == count, "every item has a place")
    self.probabilities = probabilities
    let mean = x.reduce(0, +) / Double(count)
    let deviation = (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
    let scale = deviation > 0 ? 1e-4 / deviation : 0
    self.x = x.map { $0 * scale }
    self.y = y.map { $0 * scale }
    rate = max(Double(count) / Self.earlyExaggeration / 4, 50)
    velocity = Array(repeating: 0, count: 2 * count)
    gains = Array(repeating: 1, count: 2 * count)
  }

  /// Stops every place, and forgets what its gradients were: for when the exaggeration changes.
  mutating func rest() {
    velocity = Array(repeating: 0, count: velocity.count)
    gains = Array(repeating: 1, count: gains.count)
  }

  /// Moves every place once.
  mutating func step(exaggeration: Double, momentum: Double) {
    let gradient = Self.gradient(probabilities, x: x, y: y, exaggeration: exaggeration)
    let count = probabilities.count
    for i in 0..<2 * count {
      let slope = i < count ? gradient.x[i] : gradient.y[i - count]
      gains[i] = max(velocity[i] * slope < 0 ? gains[i] + 0.2 : gains[i] * 0.8, 0.01)
      velocity[i] = momentum * velocity[i] - rate * gains[i] * slope
      if i < count { x[i] += velocity[i] } else { y[i - count] += velocity[i] }
    }
  }

  /// KL(P‖Q) of the places.
  var divergence: Double { Self.divergence(probabilities, x: x, y: y) }

  /// KL(P‖Q) = Σ p·log p − Σ p·log w + log Z.
  static func divergence(_ probabilities: NeighborProbabilities, x: [Double], y: [Double]) -> Double {
    let count = probabilities.count
    var (sum, z) = (0.0, 0.0)
    for i in 0..<count {
      for j in 0..<count where j != i {
        let (dx, dy) = (x[i] - x[j], y[i] - y[j])
        let square = 1 + dx * dx + dy * dy
        z += 1 / square
        let p = probabilities.values[i * count + j]
        if p > 0 { sum += p * (.log(p) + .log(square)) }
      }
    }
    return sum + .log(z)
  }

  /// The gradient of the divergence by every coordinate.
  ///
  /// Attraction and repulsion are summed apart, so that one pass over all pairs is enough: Z is known only at its end.
  static func gradient(
    _ probabilities: NeighborProbabilities, x: [Double], y: [Double], exaggeration: Double
  ) -> (x: [Double], y: [Double]) {
    typealias Four = SIMD4<Double>
    let count = probabilities.count
    let whole = count / 4 * 4
    var (pullX, pullY) = (x, y)
    var (pushX, pushY) = (x, y)
    var z = -Double(count)  // an item's w with itself is 1, and is not counted
    probabilities.values.withUnsafeBytes { p in
      x.withUnsafeBytes { xs in
        y.withUnsafeBytes { ys in
          for i in 0..<count {
            let (xi, yi) = (x[i], y[i])
            var (aX, aY, rX, rY, w) = (Four.zero, Four.zero, Four.zero, Four.zero, Four.zero)
            for j in stride(from: 0, to: whole, by: 4) {
              let dx = xi - xs.loadUnaligned(fromByteOffset: j * 8, as: Four.self)
              let dy = yi - ys.loadUnaligned(fromByteOffset: j * 8, as: Four.self)
              let near = 1 / (1 + dx * dx + dy * dy)
              let pull = p.loadUnaligned(fromByteOffset: (i * count + j) * 8, as: Four.self) * near
              let push = near * near
              aX += pull * dx
              aY += pull * dy
              rX += push * dx
              rY += push * dy
              w += near
            }
            (pullX[i], pullY[i], pushX[i], pushY[i]) = (aX.sum(), aY.sum(), rX.sum(), rY.sum())
            z += w.sum()
            for j in whole..<count {
              let (dx, dy) = (xi - x[j], yi - y[j])
              let near = 1 / (1 + dx * dx + dy * dy)
              let pull = probabilities.values[i * count + j] * near
              pullX[i] += pull * dx
              pullY[i] += pull * dy
              pushX[i] += near * near * dx
              pushY[i] += near * near * dy
              z += near
            }
          }
        }
      }
    }
    func total(_ pull: [Double], _ push: [Double]) -> [Double] {
      zip(pull, push).map { 4 * (exaggeration * $0 - $1 / z) }
    }
    return (total(pullX, pushX), total(pullY, pushY))
  }
}
