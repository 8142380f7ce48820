import TestSupport
import Tensors
import Testing

/// The inputs on which the peers' code was run: two views of six examples, and hard negatives of theirs.
enum PeerData {
  static var first: Tensor { peerInput(6, 5, 0.37, 1.3) }
  static var second: Tensor { peerInput(6, 5, 0.41, 1.1) }
  static var hard: Tensor { peerInput(6, 5, 0.29, 0.7) }
  /// The classes of the six examples.
  static let classes = [0, 0, 1, 1, 2, 2]
}

/// Expects that a loss and its gradients are those that another library computed in `float64`.
///
/// - Parameters:
///   - name: The case in `losses_softmax.json`; gradients that it lacks are not compared.
///   - inputs: Where the loss is taken; they become variables.
func expectPeer(
  _ name: String, _ inputs: [Tensor], sourceLocation: SourceLocation = #_sourceLocation, loss: ([Tensor]) -> Tensor
) throws {
  let goldens = try Goldens("losses_softmax")
  let variables = inputs.map { $0.asVariable() }
  let value = loss(variables)
  expectClose(
    value, goldens["\(name).loss"], relative: 1e-12, absolute: 1e-12, "\(name)", sourceLocation: sourceLocation)
  let gradients = value.gradients(of: variables)
  var compared = 0
  for (i, gradient) in gradients.enumerated() where goldens.names.contains("\(name).gradient\(i)") {
    compared += 1
    guard let gradient else {
      Issue.record("\(name): input \(i) has no gradient", sourceLocation: sourceLocation)
      continue
    }
    expectClose(
      gradient, goldens["\(name).gradient\(i)"], relative: 1e-9, absolute: 1e-11, "\(name), gradient \(i)",
      sourceLocation: sourceLocation)
  }
  #expect(compared > 0, "\(name) has no gradients to compare with", sourceLocation: sourceLocation)
}

/// The rows of a matrix as plain numbers, for oracles in loops.
func plainRows(_ matrix: Tensor) -> [[Double]] {
  let (values, width) = (matrix.values(as: Double.self), matrix.shape[1])
  return (0..<matrix.shape[0]).map { Array(values[$0 * width..<($0 + 1) * width]) }
}

func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

func unit(_ a: [Double]) -> [Double] {
  let norm = dot(a, a).squareRoot()
  return a.map { $0 / norm }
}

/// The cosine of every row of one matrix with every row of another.
func plainCosines(_ a: Tensor, _ b: Tensor) -> [[Double]] {
  let (x, y) = (plainRows(a).map(unit), plainRows(b).map(unit))
  return x.map { p in y.map { dot(p, $0) } }
}
