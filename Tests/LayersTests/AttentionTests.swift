import Layers
import Tensors
import TestSupport
import Testing

@Suite struct AttentionTests {
  @Test func agreesWithPyTorch() throws {
    let peer = try PyTorchComparison()
    let visible = peer.array("attention/visible").to(.bool)
    let added = peer.array("attention/added")
    func declare(_ scope: Scope) -> Attention { Attention(scope, size: 8, heads: 2) }
    try peer.expectSame("attention", declare) { $0($1, .evaluation) }
    try peer.expectSame("attention.visible", declare) { $0($1, .evaluation, mask: visible) }
    try peer.expectSame("attention.added", declare) { $0($1, .evaluation, mask: added) }
    try peer.expectSame("attention.causal", declare) { $0($1, .evaluation, isCausal: true) }
  }

  @Test func projectionsBearTheGivenNamesAndTakeAdapters() {
    let tree = ParameterTree(seed: 1)
    _ = Attention(
      tree.root / "self", size: 4, heads: 2, names: .init(query: "query", key: "key", value: "value", output: "dense"))
    #expect(tree.linearSlots.map(\.path) == ["self.query", "self.key", "self.value", "self.dense"])
    #expect(
      tree.parameters.map(\.path)
        == ["query", "key", "value", "dense"].flatMap { ["self.\($0).weight", "self.\($0).bias"] })
  }

  /// Files have query, key and value in one matrix, one below the other; the layer computes the same as without.
  @Test func fusedFilesAreSplit() throws {
    let (plain, fused) = (ParameterTree(seed: 1), ParameterTree(seed: 2))
    let attention = Attention(plain.root, size: 4, heads: 2)
    let other = Attention(fused.root, size: 4, heads: 2, names: .timm)
    #expect(fused.stored.map(\.path) == ["qkv.weight", "qkv.bias", "proj.weight", "proj.bias"])
    let values = plain.snapshot()
    func joined(_ kind: String) -> Tensor {
      .concatenation(["q_proj", "k_proj", "v_proj"].map { values["\($0).\(kind)"]! + 0.1 })
    }
    try fused.load(
      [
        "qkv.weight": joined("weight"), "qkv.bias": joined("bias"), "proj.weight": values["out_proj.weight"]!,
        "proj.bias": values["out_proj.bias"]!,
      ], from: "a file")
    for name in ["q_proj", "k_proj", "v_proj"] {
      for kind in ["weight", "bias"] {
        let parameter = plain["\(name).\(kind)"]!.value
        parameter.assign(parameter.detached() + 0.1)
      }
    }
    let x = Tensor.normal([2, 3, 4], from: RandomSource(seed: 3))
    expectClose(other(x, .evaluation).detached(), attention(x, .evaluation).detached())
  }

  @Test func headsMustDivideTheSize() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Attention(ParameterTree(seed: 1).root, size: 8, heads: 3)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("3 heads do not divide a size of 8"))
  }
}
