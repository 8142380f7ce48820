import Layers
import Models
import Optimizers
import Tensors
import TestSupport
import Testing

@Suite struct MomentumCopyTests {
  /// An encoder with batch normalisation, its copy, and steps that move both.
  private final class Pair {
    let tree = ParameterTree(seed: 1)
    let encoder, slow: SmallConvNet
    let copy: MomentumCopy
    let optimizer: SGD

    init(buffers: MomentumCopy.Buffers = .own) {
      encoder = SmallConvNet(tree.root / "model", .init(widths: [3, 4]))
      slow = SmallConvNet(tree.root / "momentum", .init(widths: [3, 4]))
      copy = MomentumCopy(of: tree.root / "model", at: tree.root / "momentum", buffers: buffers)
      optimizer = SGD([OptimizerGroup(tree.trainable.map(\.value))], momentum: 0.9)
    }

    /// Both see a batch, the encoder learns to give other embeddings than the copy.
    func step(_ number: Int, decay: Double) {
      copy.update(decay: decay)
      let images = Tensor.normal([4, 3, 6, 6], from: RandomSource(seed: 5, number))
      let mode = Mode.training(RandomSource(seed: 6, number))
      let key = slow(images, mode)
      let loss = (encoder(images, mode) * key).sum()
      optimizer.step(gradients: loss.gradients(of: tree.trainable.map(\.value)), rate: 0.1)
    }

    func values(_ path: String) -> [Float] { tree[path]!.value.values(as: Float.self) }
  }

  @Test func beginsAsTheOriginalAndIsFrozen() {
    let pair = Pair()
    #expect(pair.values("momentum.conv1.weight") == pair.values("model.conv1.weight"))
    #expect(pair.tree.trainable.allSatisfy { $0.path.hasPrefix("model.") })
    #expect(pair.tree.trainable.count == pair.tree.parameters.count { $0.role != .buffer } / 2)
    let images = Tensor.ones([1, 3, 6, 6])
    #expect(!pair.slow(images, .evaluation).requiresGradient)
    #expect(pair.encoder(images, .evaluation).requiresGradient)
  }

  /// copy ← 0.75·copy + 0.25·original, twice; a naive loop in Double.
  @Test func followsByTheDecay() {
    let pair = Pair()
    let path = "conv2.weight"
    var expected = pair.values("momentum.\(path)").map { Double($0) }
    for step in 0..<3 {
      let original = pair.values("model.\(path)")
      expected = zip(expected, original).map { 0.75 * $0 + 0.25 * Double($1) }
      pair.step(step, decay: 0.75)
    }
    expectClose(pair.tree["momentum.\(path)"]!.value, expected, relative: 1e-5, absolute: 1e-7)
    #expect(pair.values("momentum.\(path)") != pair.values("model.\(path)"))
  }

  @Test func aDecayOfOneStandsStillAndOfZeroCopies() {
    let pair = Pair()
    pair.step(0, decay: 1)
    let before = pair.values("momentum.conv1.weight")
    pair.copy.update(decay: 1)
    #expect(pair.values("momentum.conv1.weight") == before)
    pair.copy.update(decay: 0)
    #expect(pair.values("momentum.conv1.weight") == pair.values("model.conv1.weight"))
    #expect(pair.values("momentum.conv1.weight") != before)
  }

  /// Own statistics move with what the copy is shown and no update touches them; following ones do what weights do.
  @Test func runningStatisticsAreOwnOrFollow() {
    for buffers in [MomentumCopy.Buffers.own, .following] {
      let pair = Pair(buffers: buffers)
      let images = Tensor.normal([4, 3, 6, 6], from: RandomSource(seed: 5))
      _ = pair.encoder(images, .training(RandomSource(seed: 6)))
      pair.copy.update(decay: 0.5)
      let (mean, count) = ("bn1.running_mean", "bn1.num_batches_tracked")
      let original = pair.values("model.\(mean)")
      #expect(original.contains { $0 != 0 })
      let expected = buffers == .own ? [0, 0, 0] : original.map { Double($0) / 2 }
      expectClose(pair.tree["momentum.\(mean)"]!.value, expected)
      #expect(pair.tree["momentum.\(count)"]!.value.item() == (buffers == .own ? 0 : 1))
    }
  }

  /// Everything that moves is in the tree: from its snapshot and the optimizer's state the rest gives the same bits.
  @Test func goesOnFromACheckpoint() throws {
    let whole = Pair()
    for step in 0..<6 { whole.step(step, decay: 0.9) }
    let (first, second) = (Pair(), Pair())
    for step in 0..<3 { first.step(step, decay: 0.9) }
    try second.tree.load(first.tree.snapshot(), from: "a checkpoint")
    try second.optimizer.restore(first.optimizer.state)
    for step in 3..<6 { second.step(step, decay: 0.9) }
    for parameter in whole.tree.parameters {
      #expect(second.values(parameter.path) == whole.values(parameter.path), "\(parameter.path)")
    }
  }

  @Test func onlyTheSamePartsCanFollow() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let tree = ParameterTree(seed: 1)
      _ = SmallConvNet(tree.root / "model", .init(widths: [3, 4]))
      _ = SmallConvNet(tree.root / "momentum", .init(widths: [3, 5]))
      _ = MomentumCopy(of: tree.root / "model", at: tree.root / "momentum")
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("'momentum' has other parameters than 'model', and cannot follow it"))
  }
}
