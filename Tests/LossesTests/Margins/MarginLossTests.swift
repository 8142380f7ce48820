import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

@Suite struct MarginLossTests {
  /// Over all triplets in plain loops, with a boundary for each class.
  private func naive(_ loss: MarginLoss, _ boundary: [Double], regularizer: (Double, Int) -> Double = { _, _ in 0 })
    -> Double
  {
    let plain = PlainBatch(PairGoldens.odd)
    var (sum, terms, weighted) = (0.0, 0, 0.0)
    for a in plain.labels.indices {
      for p in plain.positives(a) {
        for n in plain.negatives(a) {
          let beta = boundary[plain.labels[a]]
          for x in [plain.d(a, p) - beta + loss.margin, beta - plain.d(a, n) + loss.margin] where x > 0 {
            sum += x
            terms += 1
          }
          weighted += beta
        }
      }
    }
    return sum / Double(terms) + regularizer(weighted, terms)
  }

  @Test func agreesWithTheDefinition() {
    expectLoss(MarginLoss(), naive(MarginLoss(), [Double](repeating: 1.2, count: 4)))
    let (rows, labels) = PairGoldens.odd
    let loss = MarginLoss(margin: 0.3, regularization: 0.4)
    let one = loss(LabeledRows(rows, labels: labels), boundary: Tensor([0.8] as [Double], shape: []))
    expectClose(one, [naive(loss, [0.8, 0.8, 0.8, 0.8]) + 0.4 * 0.8], relative: 1e-11)
    let classes = Tensor([0.7, 1.1, 1.3, 0.9] as [Double])
    let each = loss(LabeledRows(rows, labels: labels), boundary: classes)
    let expected = naive(loss, classes.values(as: Double.self)) { 0.4 * $0 / Double($1) }
    expectClose(each, [expected], relative: 1e-11)
  }

  @Test func boundariesAreLearned() {
    let (rows, labels) = (PairGoldens.odd.rows[0..<7], PairGoldens.odd.labels[0..<7])
    let loss = MarginLoss(regularization: 0.3)
    for boundary in [Tensor([1.1] as [Double], shape: []), Tensor([0.7, 1.1, 1.3, 0.9] as [Double])] {
      expectGradients(at: [rows, boundary]) { loss(LabeledRows($0[0], labels: labels), boundary: $0[1]) }
      let triplets = TripletMarginMiner(kind: .hard)(rows, labels: labels)
      expectGradients(at: [rows, boundary]) {
        loss($0[0], labels: labels, triplets: triplets, boundary: $0[1])
      }
    }
  }

  @Test func allTripletsAsAListGiveTheSame() {
    let (rows, labels) = PairGoldens.odd
    let all = PlainTriplets(PairGoldens.odd, normalized: true).all.flatMap { [$0.a, $0.p, $0.n] }
    let triplets = TripletSelection(Tensor(all, shape: [all.count / 3, 3]))
    let classes = Tensor([0.7, 1.1, 1.3, 0.9] as [Double])
    let loss = MarginLoss(regularization: 0.2)
    expectClose(
      loss(rows, labels: labels, triplets: triplets, boundary: classes),
      loss(LabeledRows(rows, labels: labels), boundary: classes), relative: 1e-11)
  }

  @Test func agreesWithPML() throws {
    // There the boundary is kept in float32.
    func boundary(_ value: Float) -> Tensor { Tensor([Double(value)], shape: []) }
    try PairGoldens.expectBatches("pml.margin") {
      MarginLoss()(LabeledRows($0, labels: $1), boundary: boundary(1.2))
    }
    try PairGoldens.expectBatches("pml.margin.tight") {
      MarginLoss(margin: 0.1)(LabeledRows($0, labels: $1), boundary: boundary(0.9))
    }
    try PairGoldens.expectBatches("pml.margin+semihard") {
      MarginLoss()($0, triplets: TripletMarginMiner(kind: .semiHard)($0, labels: $1), boundary: boundary(1.2))
    }
    let (rows, labels) = PairGoldens.six
    // And here in float64.
    expectClose(MarginLoss()(rows, labels: labels), [0.6484980903], relative: 0, absolute: 1e-9)
  }
}
