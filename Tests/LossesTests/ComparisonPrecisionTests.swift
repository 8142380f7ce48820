import CTiles
import TestSupport
import Tensors
import Testing

@testable import Losses

/// Tiles whose factors are rounded to `bfloat16`: what is computed, and how far it is from the exact result.
@Suite struct ComparisonPrecisionTests {
  private let source = RandomSource(seed: 17)

  private func rows(_ n: Int, _ d: Int) -> Tensor { .normal([n, d], from: source) }

  /// Values and gradients of a comparison whose products are in a precision.
  private func run(
    _ inputs: [Tensor], _ type: DataType, _ precision: Precision, instructions: CTLInstructions? = nil,
    threads: Int? = nil, tileSize: Int? = nil, _ make: ([Tensor]) -> (Comparison, [Reduction])
  ) -> (values: [Tensor], gradients: [Tensor]) {
    let variables = inputs.map { $0.to(type).asVariable() }
    var (comparison, reductions) = make(variables)
    comparison.precision = precision
    comparison.tileSize = tileSize
    comparison.compilation.isOn = instructions != nil
    comparison.compilation.instructions = instructions ?? CTL_BEST
    comparison.compilation.threads = threads
    let values = comparison.reduced(reductions)
    return (values, weighted(values).gradients(of: variables).map { $0! })
  }

  @Test(arguments: [CTL_PLAIN, CTL_AVX2, CTL_AVX512, CTL_AVX512_BF16].map(\.rawValue), Similarity.allCases)
  func everyWalkRoundsAlike(instructions: UInt32, similarity: Similarity) {
    let instructions = CTLInstructions(rawValue: instructions)
    guard ctl_has(instructions) else { return }
    // Odd widths and numbers of rows: pairs without a second half.
    for (n, extra, width, tileSize) in [(211, 97, 33, nil), (500, 130, 64, 192), (3, 1, 1, nil)]
      as [(Int, Int, Int, Int?)]
    {
      let inputs = [rows(n, width) * 0.2, rows(extra, width) * 0.2, Tensor(3.0), rows(extra, 1).reshaped(extra)]
      func make(_ inputs: [Tensor]) -> (Comparison, [Reduction]) {
        let labels = Tensor((0..<n).map { $0 * $0 % 5 })
        let comparison = Comparison(
          anchors: inputs[0], candidates: inputs[0], relation: .labels(labels).excludingSelf(), similarity: similarity,
          scale: inputs[2]
        ).adding(inputs[1], relation: .negatives, bias: inputs[3])
        return (
          comparison,
          [
            .logSumExp(over: .compared), .mean(over: .positives), .sum(.softplus(), over: .negatives),
            .sum(over: .compared),
          ]
        )
      }
      // The oracle rounds the same factors, and is exact in all else.
      let exact = run(inputs, .float64, .bfloat16, make)
      let ours = run(inputs, .float32, .bfloat16, instructions: instructions, tileSize: tileSize, make)
      for (value, expected) in zip(ours.values, exact.values) {
        expectSame(value, expected.values(as: Double.self), "\(n) rows", relative: 3e-5)
      }
      for (i, (gradient, expected)) in zip(ours.gradients, exact.gradients).enumerated() {
        // A gradient of a logit that lies between two bfloat16 may go to either, and both directions of a symmetric
        // matrix are rounded together.
        let apart = (gradient.to(.float64) - expected).norm().item()
        #expect(apart <= 2e-3 * (expected.norm().item() + 0.01), "gradient of input \(i), \(n) rows: \(apart)")
      }
      // They are rounded: the exact result without rounding is further away.
      let unrounded = run(inputs, .float64, .float32, make)
      let distance = (unrounded.values[0] - exact.values[0]).norm().item()
      #expect(n == 3 || distance > 10 * (ours.values[0] - exact.values[0]).norm().item())
    }
  }

  @Test func threadsChangeNoBit() {
    let inputs = [rows(700, 40) * 0.2, Tensor(10.0)]
    let runs = [1, 2].map { threads in
      let result = run(inputs, .float32, .bfloat16, instructions: CTL_BEST, threads: threads) { inputs in
        let comparison = Comparison(
          anchors: inputs[0], candidates: inputs[0], relation: .views(2), scale: inputs[1])
        return (comparison, [.logSumExp(over: .compared), .mean(over: .positives)])
      }
      return (result.values + result.gradients).map { $0.values(as: Double.self) }
    }
    #expect(runs[0] == runs[1])
  }

  private let bounds: [Double: (value: Double, gradient: Double)] = [
    1: (value: 5e-6, gradient: 0.004), 0.5: (1e-5, 0.004), 0.1: (5e-5, 0.004), 0.05: (1e-4, 0.004), 0.01: (2e-4, 0.01),
    0.001: (2e-4, 0.025),
  ]

  @Test(arguments: [1, 0.5, 0.1, 0.05, 0.01, 0.001])
  func theErrorIsWhatTheDocumentationStates(temperature: Double) throws {
    // Views with a cosine of about 0.2, so that there is much to learn at every temperature.
    let common = rows(256, 128)
    let views = [common + rows(256, 128) * 2, common + rows(256, 128) * 2]
    func loss(_ type: DataType, _ precision: Precision) -> (value: Double, gradient: Tensor) {
      Comparison.withTiles(in: precision) {
        let z = Tensor.concatenation(views).to(type).normalized().asVariable()
        let loss = NTXentLoss(temperature: temperature)([z[0..<256], z[256..<512]])
        return (loss.item(), loss.gradients(of: [z])[0]!.to(.float64))
      }
    }
    let exact = loss(.float64, .float32)
    let ours = loss(.float32, .bfloat16)
    // About twice what the documentation of `Comparison.precision` states.
    let bound = try #require(bounds[temperature])
    let gradient = (ours.gradient - exact.gradient).norm().item() / exact.gradient.norm().item()
    #expect(abs(ours.value - exact.value) <= bound.value * exact.value)
    #expect(gradient <= bound.gradient)
  }

  @Test func precisionHasAScopeOfItsOwn() {
    let z = rows(4, 8).asVariable()
    func comparison() -> Comparison { Comparison(anchors: z, candidates: z, relation: .views(2)) }
    #expect(comparison().precision == .float32)
    #expect(withPrecision(.bfloat16) { comparison().precision } == .float32)
    Comparison.withTiles(in: .bfloat16) {
      #expect(comparison().precision == .bfloat16)
      Comparison.withTiles(in: .float32) { #expect(comparison().precision == .float32) }
    }
    // The way back has the precision of the way there.
    let inside = Comparison.withTiles(in: .bfloat16) { comparison().reduced(.logSumExp(over: .compared)).sum() }
    let whole = Comparison.withTiles(in: .bfloat16) {
      comparison().reduced(.logSumExp(over: .compared)).sum().gradients(of: [z])[0]!
    }
    expectClose(inside.gradients(of: [z])[0]!, whole, relative: 0, absolute: 0)
  }
}
