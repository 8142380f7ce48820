import Layers
import Tensors
import TestSupport
import Testing

/// An encoder with everything that rows, randomness or batches matter to.
private struct Encoder {
  let tree = ParameterTree(seed: 3)
  private let first, second: Linear
  private let norm: BatchNorm?
  private let layerNorm: LayerNorm

  init(normalizesBatches: Bool) {
    first = Linear(tree.root / "first", from: 6, to: 8)
    norm = normalizesBatches ? BatchNorm(tree.root / "norm", channels: 8) : nil
    layerNorm = LayerNorm(tree.root / "layer", size: 8)
    second = Linear(tree.root / "second", from: 8, to: 4)
    _ = Linear(tree.root / "unused", from: 2, to: 2)
  }

  var weights: [Tensor] { tree.trainable.map(\.value) }

  func callAsFunction(_ x: Tensor, _ mode: Mode, dropout: Double = 0) -> Tensor {
    let hidden = layerNorm(first(x, mode))
    return second(Dropout(dropout)(norm.map { $0(hidden, mode) } ?? hidden, mode).gelu(), mode)
  }
}

@Suite struct GradientCacheTests {
  private let x = Tensor.normal([11, 6], from: RandomSource(seed: 1))

  /// Something that compares every row with every other.
  private func loss(_ z: Tensor) -> Tensor { z.linear(z).logSumExp(-1).mean() }

  private func mode(_ step: Int = 0) -> Mode { .training(RandomSource(seed: 5, step)) }

  /// What the whole batch gives, with each part's own mode.
  @Test(arguments: [2, 3, 4, 11, 64]) func theGradientIsThatOfTheWholeBatch(partSize: Int) {
    let encoder = Encoder(normalizesBatches: false)
    let whole = loss(encoder(x, mode()))
    let expected = whole.gradients(of: encoder.weights)
    let cache = GradientCache(of: encoder.weights, partSize: partSize)
    let cached = loss(cache(11, mode()) { encoder(x[$0], $1) })
    expectClose(cached.detached(), whole.detached())
    for (gradient, reference) in zip(cached.gradients(of: encoder.weights), expected) {
      #expect((gradient == nil) == (reference == nil))
      if let gradient, let reference { expectClose(gradient, reference) }
    }
    let parts = (11 + partSize - 1) / partSize
    #expect(cache.gradientPasses == cache.forwardPasses)
    #expect(cache.forwardPasses == min(parts, 5), "parts of one row are avoided")
  }

  /// Two encoders of one loss, as CLIP has them: each gets its own gradient, and a shared one the sum.
  @Test func towersHaveTheirOwnGradients() {
    let (a, b) = (Encoder(normalizesBatches: false), Encoder(normalizesBatches: false))
    let weights = a.weights + b.weights
    func value(_ left: Tensor, _ right: Tensor, _ shared: Tensor) -> Tensor {
      (left.linear(right) + shared.linear(shared)).logSumExp(-1).mean()
    }
    let cache = GradientCache(of: weights, partSize: 4)
    let cached = value(
      cache(11, mode()) { a(x[$0], $1) }, cache(11, mode()) { b(x[$0], $1) }, cache(11, mode()) { a(x[$0] * 2, $1) })
    let whole = value(a(x, mode()), b(x, mode()), a(x * 2, mode()))
    for (gradient, reference) in zip(cached.gradients(of: weights), whole.gradients(of: weights)) {
      if let gradient, let reference { expectClose(gradient, reference) }
    }
  }

  /// Dropout drops the same in both passes, and other elements in every part: the gradient is that of the function that
  /// the loss saw, by finite differences with all parts' masks held.
  @Test func dropoutIsDrawnOnce() {
    let encoder = Encoder(normalizesBatches: true)
    func value() -> Tensor {
      let cache = GradientCache(of: encoder.weights, partSize: 4)
      return loss(cache(11, mode()) { encoder(x[$0], $1, dropout: 0.4) })
    }
    let gradients = value().gradients(of: encoder.weights)
    for (weight, gradient) in zip(encoder.weights, gradients) {
      guard let gradient else { continue }
      let step = Float(1e-2)
      let direction = gradient / max(gradient.norm().item(), 1e-12)
      func moved(_ by: Float) -> Double {
        withoutGradient { weight.assign(weight.detached() + direction * Double(by)) }
        defer { withoutGradient { weight.assign(weight.detached() - direction * Double(by)) } }
        return value().item()
      }
      let slope = (moved(step) - moved(-step)) / Double(2 * step)
      let expected = gradient.norm().item()
      #expect(abs(slope - expected) < 0.02 * max(expected, 0.05), "\(slope), expected \(expected)")
    }
  }

  /// Running statistics move as if every part had gone through once.
  @Test func statisticsMoveOnce() {
    let (once, cached) = (Encoder(normalizesBatches: true), Encoder(normalizesBatches: true))
    for rows in [0..<3, 3..<7, 7..<11] { _ = once(x[rows], mode()) }
    let cache = GradientCache(of: cached.weights, partSize: 4)
    _ = loss(cache(11, mode()) { cached(x[$0], $1) }).gradients(of: cached.weights)
    for (name, value) in once.tree.snapshot() {
      #expect(cached.tree.snapshot()[name]!.values(as: Float.self) == value.values(as: Float.self), "\(name)")
    }
  }
}
