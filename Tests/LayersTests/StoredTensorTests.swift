import Basics
import Layers
import Tensors
import Testing

@Suite struct StoredTensorTests {
  /// A tree in which files hold `a` [1, 2] and `b` [2, 2] as one, between two others.
  private func tree() -> ParameterTree {
    let tree = ParameterTree(seed: 1)
    _ = LayerNorm(tree.root / "first", size: 2)
    let parts = [("a", 1), ("b", 2)].map { tree.root.parameter($0.0, [$0.1, 2], .normal(deviation: 1), .weight) }
    _ = LayerNorm(tree.root / "last", size: 2)
    (tree.root / "both").fuse(parts, as: "weight")
    return tree
  }

  @Test func filesHoldOneForAll() {
    let tree = tree()
    #expect(
      tree.stored.map { "\($0.path) \($0.shape)" } == [
        "first.weight [2]", "first.bias [2]", "both.weight [3, 2]", "last.weight [2]", "last.bias [2]",
      ])
    #expect(tree.parameters.map(\.path).contains("a") && tree.trainable.count == 6)
    let snapshot = tree.snapshot()
    #expect(Set(snapshot.keys) == Set(tree.stored.map(\.path)))
    let expected = ["a", "b"].flatMap { tree[$0]!.value.values(as: Float.self) }
    #expect(snapshot["both.weight"]!.values(as: Float.self) == expected)
  }

  @Test func aFileIsSplit() throws {
    let tree = tree()
    let a = tree["a"]!.value
    var values = tree.snapshot()
    values["both.weight"] = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2])
    try tree.load(values, from: "a file")
    #expect(tree["a"]!.value.values(as: Float.self) == [1, 2])
    #expect(tree["b"]!.value.values(as: Float.self) == [3, 4, 5, 6])
    #expect(tree["a"]!.value.isSame(as: a))
  }

  @Test func partsAreNotTakenForTheWhole() {
    let tree = tree()
    var values = tree.snapshot()
    values["a"] = .zeros([1, 2])
    values["both.weight"] = .zeros([2, 2])
    let error = #expect(throws: InputError.self) { try tree.load(values, from: "a file") }
    #expect(
      error?.problem
        == "does not fit the model: has a, which this model has not; both.weight is [2, 2], expected [3, 2]")
  }

  @Test func whatIsFusedCannotBeFusedAgain() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let tree = ParameterTree(seed: 1)
      let a = tree.root.parameter("a", [1], .constant(0), .weight)
      tree.root.fuse([a], as: "b")
      tree.root.fuse([a], as: "c")
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("the fusion 'c' joins parameters that are not declared, or fused already"))
  }
}
