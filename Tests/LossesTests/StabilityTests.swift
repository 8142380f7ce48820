import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

/// What the comparison core promises where naive formulas fail, in both of its walks.
@Suite struct StabilityTests {
  private let source = RandomSource(seed: 11)

  /// SupCon's terms of a comparison, summed over all anchors.
  private func crossEntropy(_ comparison: Comparison, compiled: Bool) -> Tensor {
    var comparison = comparison
    comparison.compilation.isOn = compiled
    let (denominator, positives, count) = comparison.reduced(
      .logSumExp(over: .compared), .mean(over: .positives), .count(over: .positives))
    return comparison.mean(denominator - positives, where: count .> 0)
  }

  @Test(arguments: [true, false])
  func aTemperatureOfAThousandthIsStable(compiled: Bool) {
    // Logits reach ±1000, where exp overflows a float32 (at 88) and a float64 (at 709).
    let z = Tensor.normal([300, 24], from: source).normalized()
    let exact = z.to(.float64).asVariable()
    let logits = exact.matrixProduct(exact.transposed()) * 1000
    let itself = Tensor.range(0..<300).unsqueezed(1) .== Tensor.range(0..<300).unsqueezed(0)
    let others = Tensor((0..<300).map { ($0 + 150) % 300 })
    let other = others.unsqueezed(1) .== Tensor.range(0..<300).unsqueezed(0)
    let expected =
      (logits.filled(where: itself, with: -.infinity).logSumExp(1) - logits.filled(where: !other, with: 0).sum(1))
      .mean()
    let variable = z.asVariable()
    let loss = crossEntropy(
      Comparison(anchors: variable, candidates: variable, relation: .views(2), scale: 1000), compiled: compiled)
    // Similarities of float32 are within 10⁻⁷, logits within 10⁻⁴ of some hundred.
    expectClose(loss, [expected.item()], relative: 1e-5)
    let (ours, theirs) = (loss.gradients(of: [variable])[0]!, expected.gradients(of: [exact])[0]!)
    #expect((ours.to(.float64) - theirs).norm().item() <= 1e-3 * theirs.norm().item())
  }

  @Test(arguments: [true, false])
  func aMillionRowsOfOneClassAreExact(compiled: Bool) {
    // Every anchor has a million positives, in groups of neighbouring directions; the log-sum-exp and the mean lose nothing.
    let (n, m) = (4, 1_000_000)
    let angles = Tensor.range(0..<m).to(.float64) * (6.283185307179586 / Double(m))
    let rows = Tensor.concatenation([angles.cos().unsqueezed(1), angles.sin().unsqueezed(1)], along: 1).to(.float32)
    let anchors = rows[0..<n]
    let labels = Relation.labels(
      anchors: Tensor([Int](repeating: 3, count: n)), candidates: Tensor([Int](repeating: 3, count: m)))
    let (a, c) = (anchors.asVariable(), rows.asVariable())
    let loss = crossEntropy(Comparison(anchors: a, candidates: c, relation: labels, scale: 2), compiled: compiled)
    // The mean over the circle of exp(2·cos θ) is the Bessel function I₀(2), the mean of the logits is 0.
    expectClose(loss, [Double.log(2.279585302336067e6)], relative: 1e-6)
    // ∂/∂aᵢ = 2·Σₖ pₖ·cₖ/N, of length 2·I₁(2)/I₀(2)/N, towards aᵢ.
    let gradients = loss.gradients(of: [a, c])
    expectClose(gradients[0]!, anchors * (2 * 1.5906368546373291 / 2.279585302336067 / Double(n)), absolute: 1e-6)
    // pₖ − 1/M of the candidate at angle 0, of all four anchors, which are one but for 10⁻⁵ of a turn.
    let first = 2 * (Double.exp(2) / 2.279585302336067 - 1) / Double(m)
    expectClose(gradients[1]![0..<1], [first, 0], relative: 1e-4, absolute: 1e-10)
  }

  @Test(arguments: [true, false], [1.0, 1000])
  func identicalAndZeroRowsGiveTheLogarithmOfTheirNumber(compiled: Bool, scale: Double) {
    for z in [Tensor.ones([700, 8]).normalized(), Tensor.zeros([700, 8])] {
      let z = z.asVariable()
      let loss = crossEntropy(
        Comparison(anchors: z, candidates: z, relation: .views(2), scale: scale), compiled: compiled)
      expectClose(loss, [Double.log(699)], relative: 1e-6)
      // Nobody is nearer than another: what pulls and what pushes cancel out.
      expectClose(loss.gradients(of: [z])[0]!, [Double](repeating: 0, count: 5600), absolute: 1e-4 * scale / 700)
    }
    // Zero vectors have no direction: normalised they stay zero, and get no gradient that is not finite.
    let zero = Tensor.zeros([6, 4]).asVariable()
    let z = zero.normalized()
    let loss = crossEntropy(
      Comparison(anchors: z, candidates: z, relation: .views(2), scale: scale), compiled: compiled)
    #expect(loss.gradients(of: [zero])[0]!.isFinite().all())
  }

  @Test(arguments: [true, false], Similarity.allCases)
  func aNaNIsReportedByEveryReductionAndNotSpread(compiled: Bool, similarity: Similarity) {
    let (n, m) = (110, 130)
    let (a, c) = (Tensor.normal([n, 4], from: source), Tensor.normal([m, 4], from: source))
    let functions: [ElementFunction] = [
      .logit, .linear(-2, plus: 1), .softplus(), .hinge(), .squaredHinge(),
      ElementFunction(.selfWeighted(factor: 1, optimum: 0.4, margin: 0.1)),
    ]
    let reductions = [Reduction.Side.anchors, .candidates].flatMap { side in
      functions.flatMap { f in
        [Reduction.Pairs.compared, .negatives].flatMap { pairs -> [Reduction] in
          [
            .sum(f, over: pairs, per: side), .mean(f, over: pairs, per: side), .logSumExp(f, over: pairs, per: side),
            .max(f, over: pairs, per: side), .min(f, over: pairs, per: side),
          ]
        }
      }
    }
    // At a scale of 40 a log-sum-exp is summed in another way than at 0.5, where no exponential can underflow.
    for scale in [0.5, 40] {
      for broken in [0, 5, n - 1] {
        a[broken..<broken + 1].assign(Tensor([1, .nan, 0, 2] as [Float], shape: [1, 4]))
        var comparison = Comparison(
          anchors: a, candidates: c, relation: .negatives, similarity: similarity, scale: scale)
        comparison.compilation.isOn = compiled
        for (reduction, values) in zip(reductions, comparison.reduced(reductions)) {
          // An anchor's own numbers, and those of all candidates that it is compared with.
          let expected = (0..<values.count).map { reduction.side == .candidates || $0 == broken }
          #expect(
            values.values(as: Double.self).map(\.isNaN) == expected, "\(reduction), scale \(scale), row \(broken)")
        }
        a[broken..<broken + 1].assign(Tensor.normal([1, 4], from: source))
      }
    }
  }

  @Test func asManyDigitsAsAskedFor() {
    // float64 rows are compared in float64 throughout, also where only one side is, and their gradients come in it.
    let z = Tensor.normal([90, 6], type: .float64, from: source).normalized()
    let naive = NaiveComparison(z, z, scale: 50) { i, k in i == k ? .ignored : i % 45 == k % 45 ? .positive : .negative
    }
    let expected =
      zip(naive.reduced(.logSumExp(over: .compared)), naive.reduced(.mean(over: .positives)))
      .map { $0 - $1 }.reduce(0, +) / 90
    let variable = z.asVariable()
    let loss = crossEntropy(
      Comparison(anchors: variable, candidates: variable, relation: .views(2), scale: 50), compiled: true)
    #expect(loss.type == .float64)
    expectClose(loss, [expected], relative: 1e-13, absolute: 1e-13)
    #expect(loss.gradients(of: [variable])[0]!.type == .float64)
    #expect(Comparison(anchors: z.to(.float32), candidates: z, relation: .aligned).type == .float64)
    // In float32 the same loss is right to seven digits and no more, so that the above tests something.
    let single = z.to(.float32)
    let rounded = crossEntropy(
      Comparison(anchors: single, candidates: single, relation: .views(2), scale: 50), compiled: true)
    #expect(abs(rounded.to(.float64).item() - expected) > 1e-13)
  }

  @Test func aSecondDerivativeIsRefusedWithAClearMessage() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let z = Tensor([0.3, 0.4, 0.5, 0.6] as [Float], shape: [2, 2]).asVariable()
      let loss = Comparison(anchors: z, candidates: z, relation: .views(2)).reduced(.logSumExp(over: .compared)).sum()
      _ = loss.gradients(of: [z])[0]!.sum().gradients(of: [z])
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      message.contains("gradients of a tensor that comes from no variable; a gradient cannot be differentiated again"))
  }
}
