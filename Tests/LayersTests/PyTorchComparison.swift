import Layers
import Tensors
import TestSupport
import Testing

/// Layers of Kindred against the same layers of PyTorch, with the cases that `Tests/Goldens/layers.py` wrote.
struct PyTorchComparison {
  let goldens: Goldens
  let tolerance = 2e-5

  init() throws {
    goldens = try Goldens("layers")
  }

  /// An array of a case, in the type that layers work in.
  func array(_ name: String) -> Tensor { goldens[name, .float32] }

  /// Declares a layer in a tree of its own and gives it the case's parameters; running statistics keep their start.
  func layer<Layer>(_ name: String, _ declare: (Scope) -> Layer) throws -> (Layer, ParameterTree) {
    let tree = ParameterTree(seed: 1)
    let layer = declare(tree.root)
    try load(name, into: tree)
    return (layer, tree)
  }

  /// Expects that a layer made with the case's parameters gives its outputs and its gradients.
  func expectSame<Layer>(
    _ name: String, _ declare: (Scope) -> Layer, sourceLocation: SourceLocation = #_sourceLocation,
    applying layer: (Layer, Tensor) -> Tensor
  ) throws {
    let (made, tree) = try self.layer(name, declare)
    expectSame(name, tree, sourceLocation: sourceLocation) { layer(made, $0) }
  }

  /// Expects that a layer gives the case's outputs and gradients.
  func expectSame(
    _ name: String, _ tree: ParameterTree, sourceLocation: SourceLocation = #_sourceLocation,
    applying layer: (Tensor) -> Tensor
  ) {
    let hasGradient = goldens.names.contains("\(name)/gx")
    let x = hasGradient ? array("\(name)/x").asVariable() : goldens["\(name)/x", .int64]
    let y = layer(x)
    expectSame(y, "\(name)/y", sourceLocation)
    let variables = (hasGradient ? [x] : []) + tree.trainable.map(\.value)
    let names = (hasGradient ? ["\(name)/gx"] : []) + tree.trainable.map { "\(name)/g/\($0.path)" }
    for (gradient, golden) in zip(y.gradients(of: variables, seed: array("\(name)/seed")), names) {
      guard let gradient else {
        Issue.record("\(golden) does not reach the output", sourceLocation: sourceLocation)
        continue
      }
      expectSame(gradient, golden, sourceLocation)
    }
  }

  /// Expects that the running statistics are those that PyTorch has after the case.
  func expectSameBuffers(_ name: String, _ tree: ParameterTree) {
    let buffers = tree.parameters.filter { $0.role == .buffer }
    #expect(!buffers.isEmpty)
    for buffer in buffers { expectSame(buffer.value, "\(name)/after/\(buffer.path)", #_sourceLocation) }
  }

  private func expectSame(_ actual: Tensor, _ golden: String, _ sourceLocation: SourceLocation) {
    expectClose(
      actual.to(.float64), goldens[golden], relative: tolerance, absolute: tolerance, "\(golden)",
      sourceLocation: sourceLocation)
  }

  private func load(_ name: String, into tree: ParameterTree) throws {
    let prefix = "\(name)/p/"
    var values = tree.snapshot().filter { tree[$0.key]!.role == .buffer }
    for golden in goldens.names where golden.hasPrefix(prefix) {
      values[String(golden.dropFirst(prefix.count))] = array(golden)
    }
    try tree.load(values, from: name)
  }
}
