import TestSupport
import Tensors
import Testing

/// The batches on which the peers' own code was run, and what it gave.
enum PairGoldens {
  static var first: Tensor { peerInput(6, 5, 0.37, 1.3) }
  static var second: Tensor { peerInput(6, 5, 0.41, 1.1) }

  /// Two views of six items in three classes.
  static var six: (rows: Tensor, labels: Tensor) {
    (.concatenation([first, second]), Tensor([0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2]))
  }

  /// Eleven items in four classes of 4, 3, 3 and 1.
  static var odd: (rows: Tensor, labels: Tensor) {
    (peerInput(11, 4, 0.37, 1.3), Tensor([0, 1, 0, 2, 1, 0, 3, 2, 0, 1, 2]))
  }

  /// Expects the value and the gradients that the original library gave.
  static func expect(
    _ name: String, at inputs: [Tensor], relative: Double = 1e-9, sourceLocation: SourceLocation = #_sourceLocation,
    _ loss: ([Tensor]) -> Tensor
  ) throws {
    let goldens = try Goldens("losses_pairs")
    let variables = inputs.map { $0.asVariable() }
    let value = loss(variables)
    expectClose(
      value, goldens["\(name).loss"], relative: relative, absolute: relative, "\(name)", sourceLocation: sourceLocation)
    for (i, gradient) in value.gradients(of: variables).enumerated() {
      expectClose(
        gradient!, goldens["\(name).gradient\(i)"], relative: relative, absolute: relative, "\(name), gradient \(i)",
        sourceLocation: sourceLocation)
    }
  }

  /// Expects both batches' values and gradients.
  static func expectBatches(
    _ name: String, relative: Double = 1e-9, sourceLocation: SourceLocation = #_sourceLocation,
    _ loss: (_ rows: Tensor, _ labels: Tensor) -> Tensor
  ) throws {
    try expect("\(name).six", at: [six.rows], relative: relative, sourceLocation: sourceLocation) {
      loss($0[0], six.labels)
    }
    try expect("\(name).odd", at: [odd.rows], relative: relative, sourceLocation: sourceLocation) {
      loss($0[0], odd.labels)
    }
  }
}

func euclidean(_ x: [Double], _ y: [Double]) -> Double {
  zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
}

/// The mean, 0 of none.
func mean(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }
