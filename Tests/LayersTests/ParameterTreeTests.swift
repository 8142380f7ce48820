import Basics
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct ParameterTreeTests {
  /// A tree with a linear layer, a convolution and a batch normalisation, declared in either order.
  private func tree(seed: UInt64 = 1, reversed: Bool = false) -> ParameterTree {
    let tree = ParameterTree(seed: seed)
    let declarations: [() -> Void] = [
      { _ = Linear(tree.root / "fc", from: 2, to: 3) },
      { _ = Convolution(tree.root / "layer" / 0 / "conv", from: 1, to: 2, size: 3) },
      { _ = BatchNorm(tree.root / "bn", channels: 2) },
    ]
    for declare in reversed ? declarations.reversed() : declarations { declare() }
    return tree
  }

  @Test func namesComeInTheOrderOfDeclaration() {
    let tree = tree()
    #expect(
      tree.parameters.map(\.path) == [
        "fc.weight", "fc.bias", "layer.0.conv.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var",
        "bn.num_batches_tracked",
      ])
    #expect(tree.parameters.map(\.role) == [.weight, .bias, .weight, .scale, .scale, .buffer, .buffer, .buffer])
    #expect(tree["fc.bias"]!.value.shape == [3])
    #expect(tree["fc"] == nil)
    #expect(tree.parameterCount == 6 + 3 + 18 + 2 + 2)
  }

  @Test func initialValuesDependOnSeedAndNameOnly() {
    func values(_ tree: ParameterTree) -> [String: [Float]] {
      Dictionary(uniqueKeysWithValues: tree.parameters.map { ($0.path, $0.value.values(as: Float.self)) })
    }
    #expect(values(tree(seed: 4)) == values(tree(seed: 4, reversed: true)))
    #expect(values(tree(seed: 4))["fc.weight"] != values(tree(seed: 5))["fc.weight"])
    let twins = ParameterTree(seed: 4)
    let a = twins.root.parameter("a", [8], .normal(deviation: 1), .weight)
    let b = twins.root.parameter("b", [8], .normal(deviation: 1), .weight)
    #expect(a.value.values(as: Float.self) != b.value.values(as: Float.self))
  }

  @Test func declaringANameTwiceTraps() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let tree = ParameterTree(seed: 1)
      _ = LayerNorm(tree.root / "norm", size: 2)
      _ = LayerNorm(tree.root / "norm", size: 2)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("the parameter 'norm.weight' is declared twice"))
  }

  @Test func aFrozenParameterTakesNoGradientUntilItThaws() {
    let tree = tree()
    let weight = tree["fc.weight"]!
    #expect(tree.trainable.map(\.path) == ["fc.weight", "fc.bias", "layer.0.conv.weight", "bn.weight", "bn.bias"])
    #expect(weight.value.requiresGradient)
    weight.isTrainable = false
    #expect(!weight.value.requiresGradient)
    #expect(!tree.trainable.contains { $0 === weight })
    weight.isTrainable = true
    #expect(weight.value.requiresGradient)
  }

  @Test func aBufferCannotBeTrained() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      ParameterTree(seed: 1).root.buffer("mean", .zeros([2])).isTrainable = true
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("the buffer 'mean' cannot be trained"))
  }

  @Test func aSnapshotGoesFromTreeToTree() throws {
    let (from, to) = (tree(seed: 1), tree(seed: 2))
    let weight = to["fc.weight"]!
    let was = weight.value
    try to.load(from.snapshot(), from: "a snapshot")
    for (a, b) in zip(from.parameters, to.parameters) {
      #expect(a.value.values(as: Float.self) == b.value.values(as: Float.self), "\(a.path)")
    }
    #expect(weight.value.isSame(as: was) && weight.value.requiresGradient)
  }

  @Test func aSnapshotStaysAsItWas() throws {
    let tree = tree(seed: 1)
    let snapshot = tree.snapshot()
    let before = snapshot.mapValues { $0.values(as: Float.self) }
    try tree.load(self.tree(seed: 2).snapshot(), from: "another tree")
    #expect(snapshot.mapValues { $0.values(as: Float.self) } == before)
    #expect(tree["fc.weight"]!.value.values(as: Float.self) != before["fc.weight"])
  }

  @Test func whatDoesNotFitIsRefusedWithNamesAndNothingChanges() {
    let tree = tree()
    let before = tree.parameters.map { $0.value.values(as: Float.self) }
    var values = self.tree(seed: 2).snapshot()
    values["fc.bias"] = nil
    values["head.weight"] = .ones([1])
    values["fc.weight"] = .ones([3, 4])
    expectRefusal(
      tree, values,
      "weights.safetensors: does not fit the model: lacks fc.bias; has head.weight, which this model has not; "
        + "fc.weight is [3, 4], expected [3, 2]; load it into the model that it was saved from")
    #expect(tree.parameters.map { $0.value.values(as: Float.self) } == before)
  }

  @Test func manyProblemsAreCounted() {
    expectRefusal(
      tree(), [:],
      "weights.safetensors: does not fit the model: lacks fc.weight, fc.bias, layer.0.conv.weight, bn.weight and 4 more"
        + "; load it into the model that it was saved from")
  }

  private func expectRefusal(
    _ tree: ParameterTree, _ values: [String: Tensor], _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: InputError.self, sourceLocation: sourceLocation) {
      try tree.load(values, from: "weights.safetensors")
    }
    #expect(error?.description == message, sourceLocation: sourceLocation)
  }
}
