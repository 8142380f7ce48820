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

  @Test func headsMustDivideTheSize() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Attention(ParameterTree(seed: 1).root, size: 8, heads: 3)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("3 heads do not divide a size of 8"))
  }
}
