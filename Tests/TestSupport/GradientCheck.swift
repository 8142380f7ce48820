public import Tensors
public import Testing

/// Expects that the gradients of a scalar function agree with central differences in `float64`.
///
/// (f(x + h) − f(x − h)) / 2h has an error of order h² plus rounding of order ε/h; with h = 10⁻⁵ both are near 10⁻¹⁰.
///
/// - Parameters:
///   - inputs: Where to differentiate, `float64`; keep them small, every element costs two evaluations.
///   - function: From tensors like the inputs to a scalar.
public func expectGradients(
  at inputs: [Tensor], tolerance: Double = 1e-6, sourceLocation: SourceLocation = #_sourceLocation,
  of function: ([Tensor]) -> Tensor
) {
  let h = 1e-5
  let variables = inputs.map { $0.to(.float64).asVariable() }
  let gradients = function(variables).gradients(of: variables)
  for (k, variable) in variables.enumerated() {
    let values = variable.values(as: Double.self)
    let expected = values.indices.map { i in
      func value(moved step: Double) -> Double {
        var moved = values
        moved[i] += step
        var all = variables.map { $0.detached() }
        all[k] = Tensor(moved, shape: variable.shape)
        return withoutGradient { function(all).item() }
      }
      return (value(moved: h) - value(moved: -h)) / (2 * h)
    }
    let gradient = gradients[k] ?? .zeros(variable.shape, type: .float64)
    expectClose(
      gradient, expected, relative: tolerance, absolute: tolerance, "gradient of input \(k)",
      sourceLocation: sourceLocation)
  }
}
