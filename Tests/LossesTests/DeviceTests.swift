import TestSupport
import Tensors
import Testing

@testable import Losses

/// The comparison core on every device that is there, held to `float64` on the processor.
@Suite struct DeviceTests {
  private static let accelerators = [Device.Kind.cuda, .mps].filter { Device.count(of: $0) > 0 }.map {
    Device(kind: $0)
  }
  private let source = RandomSource(seed: 19)

  private func relations(_ n: Int) -> [Relation] {
    let labels = Tensor((0..<n).map { $0 * $0 % 7 })
    let keys = IgnoredPairs(candidates: (0..<n).map { $0 % 9 }, anchors: (0..<n).map { [$0 % 9] })
    return [
      .views(2), .labels(labels), .aligned.ignoring(keys), .aligned.ignoring(labels, labels),
      .negatives.excludingSelf(),
      .pairs((0..<n).map { ($0, ($0 + 3) % n) }).excluding([(0, 1), (5, 2)]),
      .graded(anchors: labels, candidates: labels),
    ]
  }

  /// Values and gradients of reductions of all kinds, brought to the processor.
  private func run(_ inputs: [Tensor], _ relation: Relation, _ similarity: Similarity, _ precision: Precision)
    -> [Tensor]
  {
    let variables = inputs.map { $0.asVariable() }
    // Distances of rows to themselves, 0, are off by the root of the rounding.
    let candidates = similarity == .distance ? variables[5] : variables[0]
    var comparison = Comparison(
      anchors: variables[0], candidates: candidates, relation: relation, similarity: similarity, scale: variables[1],
      bias: variables[2]
    ).adding(variables[3], relation: .negatives)
    comparison.tileSize = 50
    comparison.precision = precision
    comparison.compilation.isOn = false
    let values = comparison.reduced([
      .logSumExp(over: .compared), .mean(over: .positives),
      .sum(.softplus(-1, plus: .each(variables[4])), over: .negatives),
      .logSumExp(over: .compared, per: .candidates),
      .sum(.squaredHinge(1, plus: 0.2), over: .negatives, where: [.above(0)]),
    ])
    for value in values { #expect(value.device == inputs[0].device) }
    let loss = weighted(values.map { $0.to(.cpu).to(.float64) })
    let gradients = loss.gradients(of: variables)
    return (values + gradients.compactMap { $0 }).map { $0.to(.cpu).to(.float64) }
  }

  private func expectTheSame(on device: Device, _ precision: Precision, within tolerance: Double) {
    let (n, m) = (126, 70)
    let inputs = [
      Tensor.normal([n, 24], from: source) * 0.3, Tensor(2.0), .normal([n], from: source),
      .normal([m, 24], from: source) * 0.3, .normal([n], from: source), .normal([n, 24], from: source) * 0.3,
    ]
    for (r, relation) in relations(n).enumerated() {
      for similarity in Similarity.allCases {
        let exact = run(inputs.map { $0.to(.float64) }, relation, similarity, precision)
        let ours = run(inputs.map { $0.to(device) }, relation, similarity, precision)
        for (i, (value, expected)) in zip(ours, exact).enumerated() {
          let finite = expected.isFinite()
          let zero = Tensor(0, type: .float64)
          let apart = finite.select(value - expected, else: zero).norm().item()
          let size = finite.select(expected, else: zero).norm().item()
          #expect(
            apart <= tolerance * (1 + size),
            "result \(i) of relation \(r), \(similarity), on \(device): \(apart) of \(size)")
        }
      }
    }
  }

  @Test(arguments: [(Precision.float32, 2e-5), (.bfloat16, 4e-3)])
  func theProcessorAgrees(precision: Precision, tolerance: Double) {
    expectTheSame(on: .cpu, precision, within: tolerance)
  }

  @Test(
    .enabled(if: !accelerators.isEmpty, "there is no GPU here"), arguments: accelerators,
    [(Precision.float32, 1e-4), (.bfloat16, 4e-3)])
  func everyAcceleratorAgrees(device: Device, precision: (Precision, Double)) {
    expectTheSame(on: device, precision.0, within: precision.1)
  }
}
