import Basics
import Foundation
import TestSupport
import Tensors
import Testing

@testable import Losses

@Suite struct ComparisonTests {
  private let source = RandomSource(seed: 7)

  private func rows(_ n: Int, _ d: Int) -> Tensor { .normal([n, d], type: .float64, from: source) }

  private func crossEntropy(
    _ z: Tensor, _ relation: Relation, scale: Double, tileSize: Int = 1024, _ policy: AnchorPolicy = .ignore
  ) -> Tensor {
    var comparison = Comparison(anchors: z, candidates: z, relation: relation, scale: scale)
    comparison.tileSize = tileSize
    let (denominator, positives, count) = comparison.reduced(
      .logSumExp(over: .compared), .mean(over: .positives), .count(over: .positives))
    return comparison.mean(denominator - positives, where: count .> 0, policy)
  }

  @Test func anchorsWithoutAPositiveFollowThePolicy() {
    let labels = Relation.labels([0, 1, 0, 2])
    let z = rows(4, 3).asVariable()
    let naive = NaiveComparison(z, z, scale: 2) { i, k in
      i == k ? .ignored : i % 2 == 0 && k % 2 == 0 ? .positive : .negative
    }
    let losses = zip(
      naive.reduced(.logSumExp(over: .compared)), naive.reduced(.mean(over: .positives))
    ).map { $0 - $1 }
    expectClose(crossEntropy(z, labels, scale: 2), [(losses[0] + losses[2]) / 2], relative: 1e-12)
    expectClose(crossEntropy(z, labels, scale: 2, .zero), [(losses[0] + losses[2]) / 4], relative: 1e-12)
    for policy in [AnchorPolicy.ignore, .zero] {
      #expect(crossEntropy(z, labels, scale: 2, policy).gradients(of: [z])[0]!.isFinite().all())
      let alone = crossEntropy(z, .labels([0, 1, 2, 3]), scale: 2, policy)
      #expect(alone.item() == 0)
      expectClose(alone.gradients(of: [z])[0]!, [Double](repeating: 0, count: 12))
    }
  }

  @Test func aBatchOfOneHasNoLoss() {
    let z = rows(1, 3).asVariable()
    let loss = crossEntropy(z, .labels([0]), scale: 2)
    #expect(loss.item() == 0)
    expectClose(loss.gradients(of: [z])[0]!, [0, 0, 0])
    // The only candidate of either view is its positive.
    let pair = rows(2, 3)
    #expect(crossEntropy(pair, .views(2), scale: 2).item() == 0)
  }

  @Test(arguments: [2, 100])
  func lowTemperaturesAreStable(tileSize: Int) {
    let z = Tensor.normal([8, 16], from: source).normalized().asVariable()
    let loss = crossEntropy(z, .views(2), scale: 1000, tileSize: tileSize)
    let naive = NaiveComparison(z, z, scale: 1000) { i, k in i == k ? .ignored : i % 4 == k % 4 ? .positive : .negative
    }
    let losses = zip(
      naive.reduced(.logSumExp(over: .compared)), naive.reduced(.mean(over: .positives))
    ).map { $0 - $1 }
    expectClose(loss, [losses.reduce(0, +) / 8], relative: 1e-6)
    #expect(loss.gradients(of: [z])[0]!.isFinite().all())
  }

  @Test func equalRowsOfOneClassAreExact() {
    let z = Tensor([0.6, 0.8] as [Float], shape: [1, 2]).expanded(to: [3000, 2])
    let loss = crossEntropy(z, .labels([Int](repeating: 5, count: 3000)), scale: 1000, tileSize: 700)
    expectClose(loss, [Double.log(2999)], relative: 1e-6)
    expectClose(crossEntropy(z * 0, .views(2), scale: 1000), [Double.log(2999)], relative: 1e-6)
  }

  @Test func reducedPrecisionIsSummedInSinglePrecision() {
    let a = Tensor.normal([6, 4], from: source).to(.bfloat16)
    let exact = crossEntropy(a.to(.float32), .views(2), scale: 10)
    let x = a.asVariable()
    #expect(crossEntropy(x, .views(2), scale: 10).type == .float32)
    expectClose(crossEntropy(x, .views(2), scale: 10), exact, relative: 1e-6)
    #expect(crossEntropy(x, .views(2), scale: 10).gradients(of: [x])[0]!.type == .bfloat16)
    let y = a.to(.float32).asVariable()
    let under = withPrecision(.bfloat16) { crossEntropy(y, .views(2), scale: 10) }
    expectClose(under, exact, relative: 1e-6)
  }

  @Test func onlyWhatNeedsAGradientGetsOne() {
    let (a, c) = (rows(3, 2).asVariable(), rows(3, 2))
    let sums = Comparison(anchors: a, candidates: c, relation: .aligned).reduced(.logSumExp(over: .compared))
    #expect(sums.sum().gradients(of: [a])[0]?.shape == [3, 2])
    #expect(!Comparison(anchors: c, candidates: c, relation: .aligned).reduced(.max(over: .compared)).requiresGradient)
  }

  @Test func theWayBackCanBeGoneTwice() {
    let a = rows(3, 2).asVariable()
    let loss = Comparison(anchors: a, candidates: rows(3, 2), relation: .aligned)
      .reduced(.logSumExp(over: .compared)).sum()
    let first = loss.gradients(of: [a], keepingGraph: true)[0]!
    expectClose(loss.gradients(of: [a])[0]!, first, relative: 0, absolute: 0)
  }

  @Test func nothingLeaksThroughTheGraph() {
    weak var handle: Tensor.Handle?
    do {
      let z = rows(4, 2).asVariable()
      handle = z.handle
      _ = crossEntropy(z, .views(2), scale: 1)
    }
    #expect(handle == nil)
  }

  @Test func aRowThatIsNotFiniteIsNamed() {
    let broken = Tensor([1, 2, 3, .nan, 5, 6] as [Double], shape: [3, 2])
    #expect(throws: InputError.self) { try Comparison.requireFinite(broken, "images") }
    do {
      try Comparison.requireFinite(broken, "images")
    } catch {
      #expect("\(error)".contains("images") && "\(error)".contains("row 1 holds a number that is not finite"))
    }
    #expect(throws: Never.self) { try Comparison.requireFinite(broken[0..<1], "images") }
    #expect(Comparison.firstBrokenRow(of: Tensor([1e38, 3e38, 3e38] as [Float], shape: [3, 1])) == nil)
    // Asked for all the same, the loss is NaN: a run refuses to go on from that.
    let views = Comparison(anchors: broken[0..<2], candidates: broken[0..<2], relation: .views(2))
    #expect(views.reduced(.logSumExp(over: .compared)).sum().item().isNaN)
  }
}
