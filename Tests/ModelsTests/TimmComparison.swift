import Layers
import Models
import Tensors
import TestSupport
import Testing

/// An encoder beside timm's of the same name, with what `Tests/Goldens/encoders.py` wrote of it.
struct TimmComparison: CustomTestStringConvertible, Sendable {
  /// Anything with logits, declared in a scope.
  typealias Network = (_ images: Tensor, _ mode: Mode) -> Tensor

  let name: String
  let height, width: Int
  let make: @Sendable (Scope) -> Network
  var testDescription: String { name }

  init(_ name: String, _ height: Int, _ width: Int, _ make: @escaping @Sendable (Scope) -> Network) {
    (self.name, self.height, self.width, self.make) = (name, height, width, make)
  }

  /// The names and shapes of the state dict, in timm's order and in ours.
  func expectSameNames() throws {
    let goldens = try Goldens("encoders")
    let prefix = "\(name)/names/"
    let expected = goldens.names.filter { $0.hasPrefix(prefix) }.map { key in
      "\(key.dropFirst(prefix.count + "000 ".count)) \(goldens[key].values(as: Int.self))"
    }
    let tree = ParameterTree(seed: 1)
    _ = make(tree.root)
    #expect(expected.count > 50)
    #expect(tree.stored.map { "\($0.path) \($0.shape)" } == expected)
  }

  /// The logits in evaluation: in `float32` the two differ by less than 10⁻⁴.
  func expectSameLogits() throws {
    let (network, _) = try closedForm()
    let logits = withoutGradient { network(images(2), .evaluation) }
    expectClose(logits, try Goldens("encoders")["\(name)/logits"], relative: 0, absolute: 1e-4)
  }

  /// The loss of a training step, and the norm of every gradient as timm's state dict has it.
  func expectSameGradients() throws {
    let goldens = try Goldens("encoders")
    let (network, tree) = try closedForm()
    let loss = network(images(4), .training(RandomSource(seed: 0))).crossEntropy(Tensor([1, 5, 0, 9]))
    expectClose(loss, goldens["training/\(name)/loss"], relative: 1e-4)
    let trainable = tree.trainable
    var squares: [String: Double] = [:]
    for (parameter, gradient) in zip(trainable, loss.gradients(of: trainable.map(\.value))) {
      let norm = try #require(gradient, "\(parameter.path) does not reach the loss").norm().item()
      squares[parameter.path] = norm * norm
    }
    for entry in tree.stored {
      let norm = entry.parts.map { squares[$0.path]! }.reduce(0, +).squareRoot()
      expectClose(
        goldens["training/\(name)/norms/\(entry.path)"], [norm], relative: 2e-3, absolute: 1e-5, "\(entry.path)")
    }
  }

  private func closedForm() throws -> (Network, ParameterTree) {
    let tree = ParameterTree(seed: 1)
    let network = make(tree.root)
    try tree.load(ClosedFormWeights.values(of: tree), from: "the closed form")
    return (network, tree)
  }

  private func images(_ count: Int) -> Tensor {
    ClosedFormWeights.wave("images", [count, 3, height, width]).to(.float32).contiguous(.channelsLast)
  }
}
