import Layers
import Tensors
import TestSupport
import Testing

/// Moments and bounds against each rule's formula. With n draws a mean lies within 5σ/√n; a variance within
/// 5σ²·√((κ − 1)/n), where the kurtosis κ is 3 for a normal distribution and less for the others.
@Suite struct InitializerTests {
  private func values(_ initial: Initializer, _ shape: [Int], seed: UInt64 = 9) -> [Double] {
    ParameterTree(seed: seed).root.parameter("w", shape, initial, .weight).value.values(as: Double.self)
  }

  private func expectMoments(
    _ values: [Double], deviation: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    #expect(abs(mean) < 5 * deviation / n.squareRoot(), sourceLocation: sourceLocation)
    #expect(
      abs(variance / (deviation * deviation) - 1) < 5 * (2 / n).squareRoot(),
      "the deviation is \(variance.squareRoot()), expected \(deviation)", sourceLocation: sourceLocation)
  }

  private func expectUniform(
    _ values: [Double], bound: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectMoments(values, deviation: bound / 3.squareRoot(), sourceLocation: sourceLocation)
    #expect(values.allSatisfy { abs($0) <= bound * (1 + 1e-6) }, sourceLocation: sourceLocation)
    #expect(values.max()! > 0.99 * bound && values.min()! < -0.99 * bound, sourceLocation: sourceLocation)
  }

  @Test func constants() {
    #expect(values(.constant(0.25), [2, 3]) == Array(repeating: 0.25, count: 6))
  }

  @Test func normal() {
    let drawn = values(.normal(deviation: 0.01), [100, 200])
    expectMoments(drawn, deviation: 0.01)
    #expect(drawn.contains { abs($0) > 0.03 })
  }

  /// Of a standard normal cut at ±2 the variance is 1 − 4φ(2)/(2Φ(2) − 1) = 0.7737413.
  @Test func truncatedNormal() {
    let drawn = values(.truncatedNormal(deviation: 0.02), [100, 200])
    expectMoments(drawn, deviation: 0.02 * 0.7737413.squareRoot())
    #expect(drawn.allSatisfy { abs($0) <= 0.04 * (1 + 1e-6) })
  }

  /// Fan out: 32 · 3 · 3 = 288, whatever the inputs.
  @Test func kaimingNormal() {
    expectMoments(values(.kaimingNormal, [32, 64, 3, 3]), deviation: (2.0 / 288).squareRoot())
    expectMoments(values(.kaimingNormal, [100, 200]), deviation: (2.0 / 100).squareRoot())
  }

  /// Fan in: 64 · 3 · 3 = 576 for the filters, 200 for the matrix, as told for the vector.
  @Test func uniform() {
    expectUniform(values(.uniform(), [32, 64, 3, 3]), bound: 1.0 / 24)
    expectUniform(values(.uniform(), [100, 200]), bound: 1 / 200.squareRoot())
    expectUniform(values(.uniform(fanIn: 16), [20_000]), bound: 0.25)
  }

  @Test func xavierUniform() {
    expectUniform(values(.xavierUniform, [100, 200]), bound: (6.0 / 300).squareRoot())
    expectUniform(values(.xavierUniform, [32, 64, 3, 3]), bound: (6.0 / 864).squareRoot())
  }

  @Test func layersBeginAsPyTorchsDo() {
    let tree = ParameterTree(seed: 2)
    _ = Linear(tree.root / "linear", from: 100, to: 200)
    _ = Convolution(tree.root / "convolution", from: 64, to: 32, size: 3)
    expectUniform(tree["linear.weight"]!.value.values(as: Double.self), bound: 0.1)
    #expect(tree["linear.bias"]!.value.values(as: Double.self).allSatisfy { abs($0) <= 0.1 })
    expectMoments(tree["convolution.weight"]!.value.values(as: Double.self), deviation: (2.0 / 288).squareRoot())
  }
}
