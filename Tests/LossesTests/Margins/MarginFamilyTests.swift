import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

/// Expects a loss of a batch to be a number that plain loops found, with tiles of any size, and its gradient to be that
/// of differences.
func expectLoss(
  _ loss: some ClassLoss, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation
) {
  let (rows, labels) = PairGoldens.odd
  for size in tileSizes {
    LabeledRows.$largestTile.withValue(size) {
      expectClose(
        loss(rows, labels: labels), [expected], relative: 1e-11, absolute: 1e-12, "\(loss), tiles of \(size)",
        sourceLocation: sourceLocation)
    }
  }
  // Of the first six rows one is alone in its class.
  for size in [15, 1 << 20] {
    LabeledRows.$largestTile.withValue(size) {
      expectGradients(at: [rows[0..<6]], sourceLocation: sourceLocation) { loss($0[0], labels: labels[0..<6]) }
    }
  }
}

@Suite struct AngularLossTests {
  private func naive(_ loss: AngularLoss) -> Double {
    let plain = PlainBatch(PairGoldens.odd)
    let raw = PlainBatch(PairGoldens.odd, normalized: false)
    let t = Double.tan(loss.degrees * .pi / 180) * Double.tan(loss.degrees * .pi / 180)
    return mean(
      plain.positivePairs.map { a, p in
        logOnePlusSumExp(
          plain.negatives(a).map { n in
            let x = (loss.normalizesNegatives ? plain : raw).rows[n]
            return 4 * t * (dot(plain.rows[a], x) + dot(plain.rows[p], x)) - 2 * (1 + t) * plain.s(a, p)
          })
      })
  }

  @Test func agreesWithTheDefinition() {
    for loss in [AngularLoss(), .pml, AngularLoss(degrees: 25)] { expectLoss(loss, naive(loss)) }
  }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.angular") { AngularLoss.pml($0, labels: $1) }
    let (rows, labels) = PairGoldens.six
    expectClose(AngularLoss.pml(rows, labels: labels), [5.7976641661], relative: 0, absolute: 1e-9)
  }
}

@Suite struct FastAPLossTests {
  private func naive(_ bins: Int) -> Double {
    let plain = PlainBatch(PairGoldens.odd)
    return plain.meanOverAnchors { a in
      let positives = plain.positives(a)
      guard !positives.isEmpty else { return nil }
      func histogram(_ candidates: [Int]) -> [Double] {
        (0...bins).map { l in
          candidates.reduce(0) { sum, k in
            sum + max(0, 1 - abs(plain.d(a, k) * plain.d(a, k) - 4 * Double(l) / Double(bins)) * Double(bins) / 4)
          }
        }
      }
      let (h, all) = (histogram(positives), histogram(positives + plain.negatives(a)))
      let precision = (0...bins).reduce(0.0) { sum, l in
        let (below, total) = (h[0...l].reduce(0, +), all[0...l].reduce(0, +))
        return total > 0 ? sum + h[l] * below / total : sum
      }
      return 1 - precision / Double(positives.count)
    }
  }

  @Test(arguments: [1, 10, 25])
  func agreesWithTheDefinition(bins: Int) { expectLoss(FastAPLoss(bins: bins), naive(bins)) }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.fast-ap") { FastAPLoss()($0, labels: $1) }
    try PairGoldens.expectBatches("pml.fast-ap.fine") { FastAPLoss(bins: 25)($0, labels: $1) }
    let (rows, labels) = PairGoldens.six
    expectClose(FastAPLoss()(rows, labels: labels), [0.6502410525], relative: 0, absolute: 1e-9)
  }

  @Test func aPerfectRankingCostsNothing() {
    let z = Tensor([1, 0, 1, 0, -1, 0, -1, 0] as [Double], shape: [4, 2])
    expectClose(FastAPLoss()(z, labels: Tensor([0, 0, 1, 1])), [0], absolute: 1e-12)
  }
}

@Suite struct HistogramLossTests {
  private func naive(_ bins: Int) -> Double {
    let plain = PlainBatch(PairGoldens.odd)
    func shares(_ similarities: [Double]) -> [Double] {
      (0...bins).map { r in
        mean(similarities.map { max(0, 1 - abs($0 - (-1 + 2 * Double(r) / Double(bins))) * Double(bins) / 2) })
      }
    }
    let positives = shares(plain.positivePairs.map { plain.s($0, $1) })
    let negatives = shares(plain.negativePairs.map { plain.s($0, $1) })
    return (0...bins).reduce(0) { $0 + negatives[$1] * positives[0...$1].reduce(0, +) }
  }

  @Test(arguments: [1, 10, 100])
  func agreesWithTheDefinition(bins: Int) { expectLoss(HistogramLoss(bins: bins), naive(bins)) }

  @Test func agreesWithPML() throws {
    // There the places of the nodes are rounded to float32.
    try PairGoldens.expectBatches("pml.histogram", relative: 1e-6) { HistogramLoss()($0, labels: $1) }
    try PairGoldens.expectBatches("pml.histogram.coarse", relative: 1e-6) { HistogramLoss(bins: 10)($0, labels: $1) }
  }

  @Test func separatedPairsCostNothing() {
    let z = Tensor([1, 0, 1, 0, -1, 0, -1, 0] as [Double], shape: [4, 2])
    expectClose(HistogramLoss()(z, labels: Tensor([0, 0, 1, 1])), [0], absolute: 1e-12)
    expectClose(HistogramLoss()(z, labels: Tensor([0, 1, 0, 1])), [1], absolute: 1e-12)
  }
}

@Suite struct RankedListLossTests {
  private func naive(_ loss: RankedListLoss) -> Double {
    let plain = PlainBatch(PairGoldens.odd)
    func weighted(_ excesses: [Double], _ temperature: Double) -> Double {
      let kept = excesses.filter { $0 > 0 }
      guard !kept.isEmpty else { return 0 }
      let weights = kept.map { Double.exp(temperature * $0) }
      let sum = weights.reduce(0, +) + loss.epsilon * Double(plain.labels.count)
      return zip(weights, kept).reduce(0) { $0 + $1.0 * $1.1 } / sum
    }
    return plain.meanOverAnchors { a in
      let positives = weighted(
        plain.positives(a).map { plain.d(a, $0) - (loss.radius - loss.margin) }, loss.positiveTemperature)
      let negatives = weighted(plain.negatives(a).map { loss.radius - plain.d(a, $0) }, loss.negativeTemperature)
      return (1 - loss.balance) * positives + loss.balance * negatives
    }
  }

  private let weighted = RankedListLoss(
    margin: 0.6, radius: 1.1, positiveTemperature: 2, negativeTemperature: 3, balance: 0.3, epsilon: 1e-5)

  @Test func agreesWithTheDefinition() {
    for loss in [RankedListLoss(), RankedListLoss(positiveTemperature: 4, balance: 0.2), weighted] {
      expectLoss(loss, naive(loss))
    }
  }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.ranked-list") { RankedListLoss(epsilon: 1e-5)($0, labels: $1) }
    try PairGoldens.expectBatches("pml.ranked-list.weighted") { weighted($0, labels: $1) }
  }
}

@Suite struct TupletMarginLossTests {
  private func naive(_ loss: TupletMarginLoss) -> Double {
    let plain = PlainBatch(PairGoldens.odd)
    let beta = loss.degrees * .pi / 180
    return mean(
      plain.positivePairs.map { a, p in
        let x = plain.s(a, p)
        let shifted = x * Double.cos(beta) + (1 - x * x).squareRoot() * Double.sin(beta)
        return logOnePlusSumExp(plain.negatives(a).map { loss.scale * (plain.s(a, $0) - shifted) })
      })
  }

  @Test func agreesWithTheDefinition() {
    for loss in [TupletMarginLoss(), TupletMarginLoss(degrees: 20, scale: 3)] { expectLoss(loss, naive(loss)) }
  }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.tuplet-margin") { TupletMarginLoss()($0, labels: $1) }
    let (rows, labels) = PairGoldens.six
    expectClose(TupletMarginLoss()(rows, labels: labels), [56.1611114953], relative: 0, absolute: 1e-9)
  }
}
