import TestSupport
import Tensors
import Testing

@testable import Losses

/// How the matrix of logits is cut into tiles: whichever way, the result is one, and nothing is multiplied twice.
@Suite struct TileTests {
  private let source = RandomSource(seed: 13)

  private func rows(_ n: Int, _ type: DataType = .float32) -> Tensor {
    Tensor.normal([n, 19], type: type, from: source).normalized()
  }

  @Test(arguments: [true, false])
  func theSizeOfTilesChangesNothingButRounding(compiled: Bool) {
    let (a, c) = (rows(330).asVariable(), rows(410).asVariable())
    func run(_ tileSize: Int?) -> [Tensor] {
      var comparison = Comparison(anchors: a, candidates: c, relation: .aligned, scale: 20)
      comparison.tileSize = tileSize
      comparison.compilation.isOn = compiled
      let (sums, others, positives) = comparison.reduced(
        .logSumExp(over: .compared), .logSumExp(over: .compared, per: .candidates), .mean(over: .positives))
      let loss = comparison.mean(sums - positives) + others.mean().to(.float32)
      return [loss] + loss.gradients(of: [a, c]).map { $0! }
    }
    let expected = run(nil)
    for tileSize in [1, 50, 96, 97, 192, 400, 5000] where compiled || tileSize > 1 {
      for (value, other) in zip(run(tileSize), expected) {
        #expect((value - other).norm().item() <= 3e-6 * other.norm().item(), "tiles of \(tileSize)")
      }
    }
  }

  /// The products of two rows that a loss makes on its way there, and on its way back.
  private func products(_ comparison: Comparison, _ reductions: [Reduction], of z: Tensor) -> (there: Int, back: Int) {
    var comparison = comparison
    let counter = Memory<Int64>(repeating: 0, count: 1)
    comparison.compilation.products = counter
    let values = comparison.reduced(reductions)
    let there = Int(counter[0])
    _ = weighted(values).gradients(of: [z])
    return (there, Int(counter[0]) - there)
  }

  @Test func rowsAmongThemselvesMeetOnce() {
    // Five blocks of 96 and one of 20: 500²/2 and half of the diagonal's blocks.
    let z = rows(500).asVariable()
    let expected = (500 * 500 + 5 * 96 * 96 + 20 * 20) / 2
    let comparison = Comparison(anchors: z, candidates: z, relation: .views(2), scale: 2)
    let counted = products(comparison, [.logSumExp(over: .compared), .mean(over: .positives)], of: z)
    #expect(counted.there == expected)
    #expect(counted.back == expected)
    // The same rows as another tensor are not known to be the same.
    let other = Comparison(anchors: z, candidates: z.detached() * 1, relation: .views(2), scale: 2)
    #expect(products(other, [.logSumExp(over: .compared)], of: z).there == 250_000)
  }

  @Test(arguments: [true, false])
  func bothDirectionsOfASymmetricObjectiveShareAWalk(compiled: Bool) {
    let (a, c) = (rows(200).asVariable(), rows(300))
    var comparison = Comparison(anchors: a, candidates: c, relation: .aligned, scale: 2)
    comparison.compilation.isOn = compiled
    let reductions: [Reduction] = [
      .logSumExp(over: .compared), .logSumExp(over: .compared, per: .candidates), .mean(over: .positives),
      .max(over: .negatives),
    ]
    let counted = products(comparison, reductions, of: a)
    #expect(counted.there == 60_000)
    #expect(counted.back == 60_000)
  }

  @Test func anchorsMayWeighDifferently() {
    let z = rows(40, .float64)
    let weights = (0..<40).map { $0 % 7 == 3 ? 0 : Double($0 % 5) + 0.5 }
    let comparison = Comparison(anchors: z, candidates: z, relation: .views(2), scale: 3)
    let naive = NaiveComparison(z, z, scale: 3) { i, k in i == k ? .ignored : i % 20 == k % 20 ? .positive : .negative }
    let losses = zip(naive.reduced(.logSumExp(over: .compared)), naive.reduced(.mean(over: .positives))).map { $0 - $1 }
    func loss(_ comparison: Comparison, _ weights: Tensor) -> Tensor {
      let (sums, positives) = comparison.reduced(.logSumExp(over: .compared), .mean(over: .positives))
      return comparison.mean(sums - positives, weights: weights)
    }
    let expected = zip(losses, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    expectClose(loss(comparison, Tensor(weights)), [expected], relative: 1e-12)
    // Equal weights are no weights, and without any weight there is no loss.
    expectClose(
      loss(comparison, Tensor([Double](repeating: 3, count: 40))), [losses.reduce(0, +) / 40], relative: 1e-12)
    #expect(loss(comparison, .zeros([40])).item() == 0)
    expectGradients(at: [z[0..<10]]) { inputs in
      loss(
        Comparison(anchors: inputs[0], candidates: inputs[0], relation: .views(2), scale: 3),
        Tensor(Array(weights[0..<10])))
    }
    // What weighs nothing may be infinite or NaN, and pulls at nobody.
    let x = Tensor([1, .nan, 3] as [Double]).asVariable()
    let mean = comparison.mean(x, weights: Tensor([1, 0, 3] as [Double]))
    expectClose(mean, [2.5])
    expectClose(mean.gradients(of: [x])[0]!, [0.25, 0, 0.75])
  }
}
