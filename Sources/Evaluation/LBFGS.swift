import Tensors

/// Minimises a smooth convex function of a vector from its values and gradients: limited-memory BFGS.
///
/// The direction is −H·∇f, where H, an estimate of the inverse Hessian, is never formed: two loops over the last
/// `memory` pairs of steps s and changes of the gradient y apply it. The step length t along a direction d satisfies the
/// weak Wolfe conditions
///
///     f(x + t·d) ≤ f(x) + 10⁻⁴·t·∇f(x)·d    and    ∇f(x + t·d)·d ≥ 0.9·∇f(x)·d
///
/// which make sᵀy positive, so that H stays positive definite. It is found by doubling until the interval is closed and
/// halving from then on. Nothing is random: the same function gives the same steps.
///
/// Source: Nocedal, Wright. "Numerical Optimization", 2nd edition, algorithm 7.4; the line search after Lewis, Overton.
/// "Nonsmooth optimization via quasi-Newton methods." Mathematical Programming 141, 2013, section 3.
struct LBFGS {
  /// How many pairs are kept.
  var memory = 10

  /// The number of directions after which to stop.
  var maximumIterations: Int

  /// Stops where no component of the gradient is larger.
  var gradientTolerance: Double

  /// Returns the place of the minimum.
  ///
  /// It stops as well where no step along the direction lowers the value: the end of `float64`.
  ///
  /// - Parameters:
  ///   - start: A `float64` vector.
  ///   - function: The value and the gradient at a place.
  func minimum(from start: Tensor, of function: (Tensor) -> (value: Double, gradient: Tensor)) -> Tensor {
    var x = start
    var (value, gradient) = function(x)
    var pairs: [Pair] = []
    for _ in 0..<maximumIterations where gradient.magnitude().max().item() > gradientTolerance {
      let direction = self.direction(gradient, pairs)
      // Without curvature the gradient says nothing of how far to go: begin with a step of unit length at most.
      let step = pairs.isEmpty ? min(1, 1 / gradient.norm().item()) : 1
      guard let next = search(from: x, value, gradient, along: direction, step: step, function) else { return x }
      let pair = Pair(s: next.place - x, y: next.gradient - gradient)
      if pair.product > 0 {
        pairs.append(pair)
        if pairs.count > memory { pairs.removeFirst() }
      }
      (x, value, gradient) = (next.place, next.value, next.gradient)
    }
    return x
  }

  /// A step, the change of the gradient over it, and their product.
  private struct Pair {
    let s: Tensor
    let y: Tensor
    let product: Double

    init(s: Tensor, y: Tensor) {
      self.s = s
      self.y = y
      product = dot(s, y)
    }
  }

  /// −H·g by the two-loop recursion.
  private func direction(_ gradient: Tensor, _ pairs: [Pair]) -> Tensor {
    var q = gradient
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = dot(pair.s, q) / pair.product
      q = q - pair.y * weight
      weights.append(weight)
    }
    if let last = pairs.last { q = q * (last.product / dot(last.y, last.y)) }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      q = q + pair.s * (weight - dot(pair.y, q) / pair.product)
    }
    return -q
  }

  private func search(
    from x: Tensor, _ value: Double, _ gradient: Tensor, along direction: Tensor, step: Double,
    _ function: (Tensor) -> (value: Double, gradient: Tensor)
  ) -> (place: Tensor, value: Double, gradient: Tensor)? {
    let slope = dot(gradient, direction)
    guard slope < 0 else { return nil }
    var (low, high, step) = (0.0, Double.infinity, step)
    for _ in 0..<60 {
      let place = x + direction * step
      let there = function(place)
      if !(there.value <= value + 1e-4 * step * slope) {
        high = step
      } else if dot(there.gradient, direction) < 0.9 * slope {
        low = step
      } else {
        return (place, there.value, there.gradient)
      }
      step = high.isFinite ? (low + high) / 2 : 2 * low
    }
    return nil
  }
}

private func dot(_ a: Tensor, _ b: Tensor) -> Double { (a * b).sum().item() }
