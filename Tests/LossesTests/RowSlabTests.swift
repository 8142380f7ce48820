import TestSupport
import Tensors
import Testing

@testable import Losses

@Suite struct RowSlabTests {
  private let source = RandomSource(seed: 3)

  /// log-sum-exp of the compared, and the largest positive less a learned number, as a body would say them.
  private func vectors(_ comparison: Comparison, _ parameter: Tensor, height: Int?) -> [Tensor] {
    comparison.perAnchor(parameters: [parameter], height: height) { slab, parameters in
      let compared = slab.positives.or(slab.negatives)
      let lowest = slab.logits.filled(where: !slab.positives, with: -1e30)
      return [slab.logits.filled(where: !compared, with: -1e30).logSumExp(1), lowest.max(1) * parameters[0]]
    }
  }

  @Test(arguments: Similarity.allCases, [1, 3, nil])
  func agreesWithReductions(similarity: Similarity, height: Int?) {
    let z = Tensor.normal([6, 3], type: .float64, from: source)
    let queue = Tensor.normal([4, 3], type: .float64, from: source)
    let inputs = [z, queue, Tensor(0.8, type: .float64), Tensor(0.3, type: .float64), Tensor(1.2, type: .float64)]
    func comparison(_ inputs: [Tensor]) -> Comparison {
      Comparison(
        anchors: inputs[0], candidates: inputs[0], relation: .views(2), similarity: similarity, scale: inputs[2],
        bias: inputs[3]
      ).adding(inputs[1], relation: .labels(anchors: Tensor([0, 1, 2, 3, 4, 5]), candidates: Tensor([1, 1, 5, 7])))
    }
    let variables = inputs.map { $0.asVariable() }
    let ours = vectors(comparison(variables), variables[4], height: height)
    let (denominator, hardest) = comparison(variables).reduced(.logSumExp(over: .compared), .max(over: .positives))
    expectClose(ours[0], denominator, relative: 1e-12, absolute: 1e-12)
    expectClose(ours[1], hardest * variables[4], relative: 1e-12, absolute: 1e-12)
    let gradients = weighted(ours).gradients(of: variables)
    let expected = weighted([denominator, hardest * variables[4]]).gradients(of: variables)
    for (gradient, expected) in zip(gradients, expected) {
      expectClose(gradient!, expected!, relative: 1e-9, absolute: 1e-10)
    }
  }
}
