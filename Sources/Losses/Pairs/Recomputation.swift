import Tensors

/// Computes small results from inputs and forgets what lies between: on the way back it is computed anew.
///
/// So a loss over all pairs, taken a few anchors at a time, holds the distances of these few only, in both directions.
/// It costs one more way there. The body must give the same results when it is called again.
///
/// - Parameters:
///   - inputs: What the results are differentiated with respect to, as far as it requires gradients.
///   - body: From tensors like the inputs to the results; whole numbers and truths among them have no gradient.
func recomputed(from inputs: [Tensor], _ body: @escaping ([Tensor]) -> [Tensor]) -> [Tensor] {
  let needed = inputs.map(\.requiresGradient)
  guard needed.contains(true) else { return body(inputs) }
  var results: [Tensor] = []
  var differentiable = withCustomGradient(of: inputs) {
    let inputs = inputs.map { $0.detached() }
    results = body(inputs)
    return (
      results.filter(\.type.isFloatingPoint),
      { seeds in
        withGradient {
          let inputs = zip(inputs, needed).map { $1 ? $0.asVariable() : $0 }
          let terms = zip(body(inputs).filter(\.type.isFloatingPoint), seeds).compactMap { result, seed in
            seed.flatMap { result.requiresGradient ? (result * $0).sum() : nil }
          }
          guard let first = terms.first else { return inputs.map { _ in nil } }
          let variables = zip(inputs, needed).filter(\.1).map(\.0)
          var gradients = terms.dropFirst().reduce(first) { $0 + $1 }.gradients(of: variables)[...]
          return needed.map { $0 ? gradients.removeFirst() : nil }
        }
      }
    )
  }[...]
  return results.map { $0.type.isFloatingPoint ? differentiable.removeFirst() : $0 }
}
