import Tensors

/// Minimisation of a smooth function by limited-memory BFGS.
///
/// A direction is −H·g, where H approximates the inverse of the second derivatives from the last few steps and changes
/// of gradient; it is followed by backtracking until the value falls enough (Armijo). Pairs without positive curvature
/// are dropped, so that H stays positive definite. Nothing is random.
///
/// Source: Nocedal, Wright. "Numerical Optimization." 2nd edition, 2006, algorithms 3.1, 7.4 and 7.5.
struct LBFGS {
  var iterations = 500
  var memory = 10
  /// The largest magnitude of a gradient's element at which the minimum is taken as reached.
  var tolerance = 1e-5

  /// Returns where a function is least.
  ///
  /// - Parameters:
  ///   - start: A vector, `float64`.
  ///   - function: The value and gradient at a vector.
  func minimum(from start: Tensor, of function: (Tensor) -> (value: Double, gradient: Tensor)) -> Tensor {
    var x = start
    var (value, gradient) = function(x)
    var pairs: [(step: Tensor, change: Tensor, curvature: Double)] = []
    for _ in 0..<iterations where gradient.magnitude().max().item() > tolerance {
      var direction = Self.direction(gradient, pairs)
      var slope = Self.product(direction, gradient)
      if !(slope < 0) {  // rounding has spoilt H: begin anew, downhill
        pairs = []
        direction = -gradient
        slope = Self.product(direction, gradient)
      }
      // The first step knows no scale: one of length 1 at most.
      var length = pairs.isEmpty ? min(1, 1 / gradient.norm().item()) : 1
      var next = function(x + direction * length)
      while !(next.value <= value + 1e-4 * length * slope), length > 1e-10 {
        length /= 2
        next = function(x + direction * length)
      }
      guard next.value < value else { break }  // no further in this precision
      let step = direction * length
      let change = next.gradient - gradient
      let curvature = Self.product(step, change)
      if curvature > 1e-12 {
        pairs.append((step, change, curvature))
        if pairs.count > memory { pairs.removeFirst() }
      }
      x = x + step
      (value, gradient) = next
    }
    return x
  }

  /// −H·g by the two-loop recursion, H beginning at the identity scaled to the last curvature.
  private static func direction(
    _ gradient: Tensor, _ pairs: [(step: Tensor, change: Tensor, curvature: Double)]
  ) -> Tensor {
    var q = gradient
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = product(pair.step, q) / pair.curvature
      q = q - pair.change * factor
      factors.append(factor)
    }
    if let last = pairs.last { q = q * (last.curvature / product(last.change, last.change)) }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      q = q + pair.step * (factor - product(pair.change, q) / pair.curvature)
    }
    return -q
  }

  private static func product(_ a: Tensor, _ b: Tensor) -> Double { (a * b).sum().item() }
}
