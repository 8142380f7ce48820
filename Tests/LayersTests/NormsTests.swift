import Layers
import Tensors
import TestSupport
import Testing

@Suite struct NormsTests {
  @Test func layerAndGroupNormsAgreeWithPyTorch() throws {
    let peer = try PyTorchComparison()
    try peer.expectSame("layernorm", { LayerNorm($0, size: 6) }) { $0($1) }
    try peer.expectSame("groupnorm", { GroupNorm($0, channels: 6, groups: 2) }) { $0($1) }
  }

  /// Two batches in training, then one in evaluation, with the running statistics after each.
  @Test func batchNormsAgreeWithPyTorch() throws {
    try expectSameSteps("batchnorm") { BatchNorm($0, channels: 3) }
    try expectSameSteps("batchnorm.rows") { BatchNorm($0, channels: 3, momentum: 0.25, epsilon: 1e-3) }
  }

  private func expectSameSteps(_ name: String, _ declare: (Scope) -> BatchNorm) throws {
    let peer = try PyTorchComparison()
    let (norm, tree) = try peer.layer("\(name).1", declare)
    for step in ["1", "2", "evaluation"] {
      let mode: Mode = step == "evaluation" ? .evaluation : .training(RandomSource(seed: 0))
      peer.expectSame("\(name).\(step)", tree) { norm($0, mode) }
      peer.expectSameBuffers("\(name).\(step)", tree)
    }
  }

  @Test func aBatchNormMayGoWithoutScaleAndShift() {
    let tree = ParameterTree(seed: 1)
    let norm = BatchNorm(tree.root, channels: 2, scaled: false, shifted: false)
    #expect(tree.parameters.map(\.path) == ["running_mean", "running_var", "num_batches_tracked"])
    #expect(tree.trainable.isEmpty)
    // Columns (1, 3) and (2, 10): means 2 and 6, deviations 1 and 4.
    let y = norm(Tensor([1, 2, 3, 10] as [Float], shape: [2, 2]), .training(RandomSource(seed: 0)))
    expectClose(y, [-1, -1, 1, 1], absolute: 1e-5)
  }

  @Test func aBatchNormCanBeginAtAnotherScale() {
    let tree = ParameterTree(seed: 1)
    _ = BatchNorm(tree.root, channels: 2, initialScale: 0)
    #expect(tree["weight"]!.value.values(as: Float.self) == [0, 0])
  }
}
