public import Tensors
public import Testing

/// Expects that a tensor has the given elements, each within a tolerance that grows with its size.
///
/// An element *a* is close to an expected *e* when |a − e| ≤ absolute + relative·|e|; NaN is close to nothing.
public func expectClose(
  _ actual: Tensor, _ expected: [Double], relative: Double = 1e-5, absolute: Double = 1e-6,
  _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  let values = actual.values(as: Double.self)
  guard values.count == expected.count else {
    Issue.record("\(values.count) elements, expected \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  let worst = zip(values, expected).map { ($0, $1, abs($0 - $1) - relative * abs($1)) }
    .max { ($0.2.isNaN ? .infinity : $0.2) < ($1.2.isNaN ? .infinity : $1.2) }
  guard let worst else { return }
  #expect(
    worst.2 <= absolute, "got \(worst.0), expected \(worst.1). \(comment.map { "\($0)" } ?? "")",
    sourceLocation: sourceLocation)
}

/// Expects that two tensors of one shape have close elements.
public func expectClose(
  _ actual: Tensor, _ expected: Tensor, relative: Double = 1e-5, absolute: Double = 1e-6,
  _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual.shape == expected.shape, sourceLocation: sourceLocation)
  expectClose(
    actual, expected.values(as: Double.self), relative: relative, absolute: absolute, comment,
    sourceLocation: sourceLocation)
}
