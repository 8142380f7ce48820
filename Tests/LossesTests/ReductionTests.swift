import TestSupport
import Tensors
import Testing

@testable import Losses

@Suite struct ReductionTests {
  private let source = RandomSource(seed: 7)

  private func rows(_ n: Int, _ d: Int) -> Tensor { .normal([n, d], type: .float64, from: source) }

  @Test(arguments: Similarity.allCases)
  func everyReductionAgreesWithItsDefinition(similarity: Similarity) {
    let (n, m) = (7, 10)
    let (a, c) = (rows(n, 3), rows(m, 3))
    let (u, v) = (Tensor.normal([n], type: .float64, from: source), Tensor.normal([m], type: .float64, from: source))
    let (left, right) = ([0, 1, 2, 0, 3, 1, 9], [0, 1, 2, 1, 1, 0, 3, 4, 2, 0])
    let bias = Tensor.normal([m], type: .float64, from: source)
    let naive = NaiveComparison(a, c, similarity: similarity, scale: 0.7, bias: bias.values(as: Double.self)) { i, k in
      i == k ? .ignored : left[i] == right[k] ? .positive : .negative
    }
    let relation = Relation.labels(anchors: Tensor(left), candidates: Tensor(right)).excludingSelf()
    let reductions = allReductions(anchors: u, candidates: v)
    for tileSize in [1, 4, 100] {
      var comparison = Comparison(
        anchors: a, candidates: c, relation: relation, similarity: similarity, scale: Tensor(0.7, type: .float64),
        bias: bias)
      comparison.tileSize = tileSize
      for (reduction, actual) in zip(reductions, comparison.reduced(reductions)) {
        expectSame(actual, naive.reduced(reduction), "\(reduction), tiles of \(tileSize)")
      }
    }
  }

  @Test func indicesAreThoseOfTheFirstOfEquals() {
    let row = Tensor([1, 0] as [Double], shape: [1, 2])
    let a = row.expanded(to: [5, 2])
    for tileSize in [1, 2, 5] {
      var comparison = Comparison(anchors: a, candidates: a, relation: .labels([0, 1, 1, 0, 0]))
      comparison.tileSize = tileSize
      let (positive, negative) = comparison.reduced(.indexOfMax(over: .positives), .indexOfMin(over: .negatives))
      #expect(positive.type == .int64)
      #expect(positive.values(as: Int.self) == [3, 2, 1, 0, 0])
      #expect(negative.values(as: Int.self) == [1, 0, 0, 1, 1])
    }
  }

  @Test(arguments: [3, 100])
  func thresholdsFromTheSameComparisonAreComparedExactly(tileSize: Int) {
    let z = Tensor.normal([40, 16], from: source).normalized()
    var comparison = Comparison(anchors: z, candidates: z, relation: .labels((0..<40).map { $0 % 4 }), scale: 7)
    comparison.tileSize = tileSize
    let hardest = comparison.reduced(.max(over: .negatives))
    let (attaining, above) = comparison.reduced(
      .count(over: .negatives, where: [.atLeast(.each(hardest))]),
      .count(over: .negatives, where: [.above(.each(hardest))]))
    expectClose(attaining, [Double](repeating: 1, count: 40))
    expectClose(above, [Double](repeating: 0, count: 40))
  }

  @Test(arguments: Similarity.allCases)
  func everyGradientAgreesWithDifferences(similarity: Similarity) {
    let (n, m) = (4, 5)
    let inputs = [
      rows(n, 2), rows(m, 2), Tensor(0.8, type: .float64), .normal([m], type: .float64, from: source),
      .normal([n], type: .float64, from: source), .normal([m], type: .float64, from: source),
    ]
    let relation = Relation.labels(anchors: Tensor([0, 1, 2, 0]), candidates: Tensor([0, 1, 0, 1, 9]))
    let count = allReductions(anchors: inputs[4], candidates: inputs[5]).count
    // Seven reductions at a time share a walk; each has its own weight, so that none can hide behind another.
    for first in stride(from: 0, to: count, by: 7) {
      expectGradients(at: inputs, tolerance: 2e-6) { inputs in
        var comparison = Comparison(
          anchors: inputs[0], candidates: inputs[1], relation: relation, similarity: similarity, scale: inputs[2],
          bias: inputs[3])
        comparison.tileSize = 3
        // The detached weight of the circle loss is no derivative of its value: it has a test of its own.
        let reductions = allReductions(anchors: inputs[4], candidates: inputs[5])[first..<min(first + 7, count)]
          .filter { $0.isDifferentiable && !$0.isSelfWeighted }
        guard !reductions.isEmpty else { return (inputs[0] * 0).sum() }
        return weighted(comparison.reduced(reductions))
      }
    }
  }

  @Test func selfWeightedTermsHaveADetachedWeight() {
    let (a, c) = (rows(4, 2).asVariable(), rows(5, 2))
    let comparison = Comparison(anchors: a, candidates: c, relation: .negatives, scale: 1)
    let term = ElementFunction(.selfWeighted(factor: 2, optimum: 0.4, margin: -0.3), slope: -1)
    let gradient = comparison.reduced(.logSumExp(term, over: .compared)).sum().gradients(of: [a])[0]!
    let b = a.detached().asVariable()
    let x = -b.matrixProduct(c.transposed())
    let dense = ((x.detached() + 0.4).clamped(min: 0) * 2 * (x - 0.3)).logSumExp(1).sum()
    expectClose(gradient, dense.gradients(of: [b])[0]!, relative: 1e-12, absolute: 1e-12)
  }

  @Test func equalExtremesShareTheGradient() {
    let a = Tensor([2, 0] as [Double], shape: [1, 2]).asVariable()
    let c = Tensor([1, 0, 1, 0, 0, 1] as [Double], shape: [3, 2]).asVariable()
    let largest = Comparison(anchors: a, candidates: c, relation: .negatives).reduced(.max(over: .compared))
    let gradients = largest.sum().gradients(of: [a, c])
    expectClose(gradients[0]!, [1, 0])
    expectClose(gradients[1]!, [1, 0, 1, 0, 0, 0])
  }
}

extension Reduction {
  var isSelfWeighted: Bool {
    if case .selfWeighted = function.shape { return true }
    return false
  }
}

/// Σⱼ wⱼ·Σᵢ sin(i + 1)·Rⱼᵢ over finite elements: a scalar in which every element has a weight of its own.
func weighted(_ vectors: [Tensor]) -> Tensor {
  let terms = vectors.enumerated().map { j, vector in
    let weights = (Tensor.range(0..<vector.count).to(.float64) + Double(j + 1)).sin()
    let zero = Tensor(0, type: .float64)
    return (vector.isFinite().select(vector, else: zero) * weights).sum()
  }
  return terms.dropFirst().reduce(terms[0]) { $0 + $1 }
}

/// Expects elements that are close or equally infinite.
func expectSame(
  _ actual: Tensor, _ expected: [Double], _ comment: Comment, relative: Double = 1e-10,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let values = actual.values(as: Double.self)
  let areClose =
    values.count == expected.count
    && zip(values, expected).allSatisfy { $0 == $1 || abs($0 - $1) <= relative * (1 + abs($1)) }
  #expect(areClose, "got \(values), expected \(expected). \(comment)", sourceLocation: sourceLocation)
}
