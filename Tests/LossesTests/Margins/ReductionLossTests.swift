import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

@Suite struct MultiSimilarityLossTests {
  private func naive(_ loss: MultiSimilarityLoss) -> Double {
    let plain = PlainBatch(PairGoldens.odd)
    return plain.meanOverAnchors { a in
      var (positives, negatives) = (plain.positives(a), plain.negatives(a))
      if let epsilon = loss.mining {
        let hardest = negatives.map { plain.s(a, $0) }.max() ?? -.infinity
        let easiest = positives.map { plain.s(a, $0) }.min() ?? .infinity
        positives = positives.filter { plain.s(a, $0) - epsilon < hardest }
        negatives = negatives.filter { plain.s(a, $0) + epsilon > easiest }
      }
      return logOnePlusSumExp(positives.map { -loss.alpha * (plain.s(a, $0) - loss.base) }) / loss.alpha
        + logOnePlusSumExp(negatives.map { loss.beta * (plain.s(a, $0) - loss.base) }) / loss.beta
    }
  }

  @Test func agreesWithTheDefinition() {
    for loss in [MultiSimilarityLoss(), .init(mining: 0.1), .init(alpha: 1, beta: 7, base: 0.2, mining: 0.4)] {
      expectLoss(loss, naive(loss))
    }
  }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.multi-similarity") { MultiSimilarityLoss()($0, labels: $1) }
    try PairGoldens.expectBatches("pml.multi-similarity+multi-similarity") {
      MultiSimilarityLoss(mining: 0.1)($0, labels: $1)
    }
    try PairGoldens.expectBatches("pml.multi-similarity+multi-similarity") {
      MultiSimilarityLoss()($0, pairs: MultiSimilarityMiner()($0, labels: $1))
    }
    let (rows, labels) = PairGoldens.six
    expectClose(MultiSimilarityLoss()(rows, labels: labels), [1.8154155033], relative: 0, absolute: 1e-9)
  }
}

@Suite struct CircleLossTests {
  private func naive(_ loss: CircleLoss) -> Double {
    let plain = PlainBatch(PairGoldens.odd)
    let m = loss.margin
    return plain.meanOverAnchors { a in
      let (positives, negatives) = (
        plain.positives(a).map { plain.s(a, $0) }, plain.negatives(a).map { plain.s(a, $0) }
      )
      guard !positives.isEmpty, !negatives.isEmpty else { return nil }
      let p = positives.map { -loss.scale * max(0, 1 + m - $0) * ($0 - 1 + m) }
      let n = negatives.map { loss.scale * max(0, $0 + m) * ($0 - m) }
      return logOnePlusSumExp([logSumExp(p) + logSumExp(n)])
    }
  }

  @Test(arguments: tileSizes)
  func agreesWithTheDefinition(tileSize: Int) {
    let (rows, labels) = PairGoldens.odd
    for loss in [CircleLoss(), CircleLoss(margin: 0.25, scale: 3)] {
      LabeledRows.$largestTile.withValue(tileSize) {
        expectClose(loss(rows, labels: labels), [naive(loss)], relative: 1e-11)
      }
    }
  }

  /// The weights have no gradient, so differences are not its gradient: those of a loss with fixed weights are.
  @Test func gradientsAreThoseOfFixedWeights() {
    let (rows, labels) = (PairGoldens.odd.rows[0..<6], PairGoldens.odd.labels[0..<6].values(as: Int.self))
    let fixed = plainCosines(rows, rows)
    let m = 0.4
    func loss(_ rows: Tensor) -> Tensor {
      let s = rows.normalized().matrixProduct(rows.normalized().transposed())
      var losses: [Tensor] = []
      for a in 0..<6 {
        var (p, n): ([Tensor], [Tensor]) = ([], [])
        for k in 0..<6 where k != a {
          let x = s[a][k]
          if labels[k] == labels[a] {
            p.append((x - (1 - m)) * (-5 * max(0, 1 + m - fixed[a][k])))
          } else {
            n.append((x - m) * (5 * max(0, fixed[a][k] + m)))
          }
        }
        guard !p.isEmpty, !n.isEmpty else { continue }
        losses.append((Tensor.stack(p).logSumExp() + Tensor.stack(n).logSumExp()).softplusExact())
      }
      return Tensor.stack(losses).mean()
    }
    let x = rows.asVariable()
    let expected = loss(x).gradients(of: [x])[0]!
    let actual = CircleLoss(scale: 5)(x, labels: Tensor(labels)).gradients(of: [x])[0]!
    expectClose(actual, expected, relative: 1e-9, absolute: 1e-10)
  }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.circle") { CircleLoss()($0, labels: $1) }
    let (rows, labels) = PairGoldens.six
    expectClose(CircleLoss()(rows, labels: labels), [264.0324807970], relative: 0, absolute: 1e-9)
  }
}

@Suite struct LiftedStructureLossTests {
  @Test func agreesWithTheDefinition() {
    for (normalized, distance) in [(false, PairDistance.euclidean), (true, .normalizedEuclidean)] {
      let plain = PlainBatch(PairGoldens.odd, normalized: normalized)
      func naive(_ margin: Double, _ positiveMargin: Double) -> Double {
        mean(
          plain.positivePairs.map { a, p in
            let exponents = [a, p].flatMap { i in plain.negatives(i).map { margin - plain.d(i, $0) } }
            let l = max(0, plain.d(a, p) - positiveMargin + logSumExp(exponents))
            return l * l / 2
          })
      }
      expectLoss(LiftedStructureLoss(distance: distance), naive(1, 0))
      expectLoss(LiftedStructureLoss(negativeMargin: 0.4, positiveMargin: 0.3, distance: distance), naive(0.4, 0.3))
    }
  }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.lifted") { LiftedStructureLoss.pml($0, labels: $1) }
    let (rows, labels) = PairGoldens.six
    expectClose(LiftedStructureLoss.pml(rows, labels: labels), [7.8598562641], relative: 0, absolute: 1e-9)
  }

  @Test func aMemoryAgreesWithTheDefinition() {
    let (anchors, memory) = (PairGoldens.first, peerInput(4, 5, 0.29, 0.7))
    let (y, z) = ([0, 1, 2, 2, 0, 5], [2, 0, 0, 1])
    let (a, m) = (plainRows(anchors), plainRows(memory))
    var losses: [Double] = []
    for i in 0..<6 {
      for p in 0..<4 where z[p] == y[i] {
        let own = (0..<4).filter { z[$0] != y[i] }.map { 1 - euclidean(a[i], m[$0]) }
        let its = (0..<6).filter { y[$0] != z[p] }.map { 1 - euclidean(a[$0], m[p]) }
        let l = max(0, euclidean(a[i], m[p]) + logSumExp(own + its))
        losses.append(l * l / 2)
      }
    }
    let value = LiftedStructureLoss()(anchors, labels: Tensor(y), candidates: memory, candidateLabels: Tensor(z))
    expectClose(value, [mean(losses)], relative: 1e-11)
  }
}

@Suite struct GeneralizedLiftedStructureLossTests {
  @Test func agreesWithTheDefinition() {
    let plain = PlainBatch(PairGoldens.odd, normalized: false)
    let expected = plain.meanOverAnchors { a in
      guard !plain.positives(a).isEmpty, !plain.negatives(a).isEmpty else { return nil }
      return max(
        0,
        logSumExp(plain.positives(a).map { plain.d(a, $0) - 0.2 })
          + logSumExp(plain.negatives(a).map { 1.5 - plain.d(a, $0) }))
    }
    expectLoss(GeneralizedLiftedStructureLoss(negativeMargin: 1.5, positiveMargin: 0.2), expected)
  }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.lifted.generalized") { GeneralizedLiftedStructureLoss.pml($0, labels: $1) }
    let (rows, labels) = PairGoldens.six
    expectClose(GeneralizedLiftedStructureLoss.pml(rows, labels: labels), [4.4520805006], relative: 0, absolute: 1e-9)
  }

}

@Suite struct NCALossTests {
  @Test func agreesWithTheDefinition() {
    for (normalized, distance) in [(true, PairDistance.normalizedSquaredEuclidean), (false, .squaredEuclidean)] {
      let plain = PlainBatch(PairGoldens.odd, normalized: normalized)
      for scale in [1.0, 9] {
        let expected = plain.meanOverAnchors { a in
          let positives = plain.positives(a).map { -scale * plain.d(a, $0) * plain.d(a, $0) }
          guard !positives.isEmpty else { return nil }
          return logSumExp(positives + plain.negatives(a).map { -scale * plain.d(a, $0) * plain.d(a, $0) })
            - logSumExp(positives)
        }
        expectLoss(NCALoss(scale: scale, distance: distance), expected)
      }
    }
  }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.nca") { NCALoss.pml($0, labels: $1) }
    try PairGoldens.expectBatches("pml.nca.sharp") {
      NCALoss(scale: 9, distance: .normalizedSquaredEuclidean)($0, labels: $1)
    }
    let (rows, labels) = PairGoldens.six
    expectClose(NCALoss.pml(rows, labels: labels), [1.3171382430], relative: 0, absolute: 1e-9)
  }

  @Test func equalRowsGiveTheShareOfTheirClass() {
    let z = Tensor([1, 2] as [Double], shape: [1, 2]).expanded(to: [7, 2])
    expectClose(NCALoss()(z, labels: Tensor([0, 0, 0, 0, 1, 2, 3])), [Double.log(2)], relative: 1e-12)
  }
}

@Suite struct IntraPairVarianceLossTests {
  @Test func agreesWithTheDefinition() {
    let plain = PlainBatch(PairGoldens.odd)
    let (p, n) = (plain.positivePairs.map { plain.s($0, $1) }, plain.negativePairs.map { plain.s($0, $1) })
    func naive(_ tolerance: Double) -> Double {
      mean(p.map { max(0, (1 - tolerance) * mean(p) - $0) }.map { $0 * $0 })
        + mean(n.map { max(0, $0 - (1 + tolerance) * mean(n)) }.map { $0 * $0 })
    }
    for tolerance in [0.01, 0.2] {
      expectLoss(
        IntraPairVarianceLoss(positiveTolerance: tolerance, negativeTolerance: tolerance), naive(tolerance))
    }
  }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.intra-pair-variance") { IntraPairVarianceLoss()($0, labels: $1) }
    let (rows, labels) = PairGoldens.six
    expectClose(IntraPairVarianceLoss()(rows, labels: labels), [0.4911016444], relative: 0, absolute: 1e-9)
  }
}

@Suite struct ContrastiveClassLossTests {
  @Test(arguments: PairDistance.allCases.filter { $0 != .manhattan })
  func agreeWithTheirFormsForPairs(distance: PairDistance) {
    let (rows, labels) = PairGoldens.odd
    let plain = labels.values(as: Int.self)
    let pairs = plain.indices.flatMap { a in plain.indices.filter { $0 != a }.map { (a, $0) } }
    let (x, y) = (rows.items(at: pairs.map(\.0)), rows.items(at: pairs.map(\.1)))
    let z = Tensor(pairs.map { plain[$0] == plain[$1] ? 1 : 0 })
    let squared = ContrastiveLoss(margin: 1.3, distance: distance)
    expectLoss(squared, squared(x, y, labels: z).item())
    for averaging in LossAveraging.allCases {
      let loss = UnsquaredContrastiveLoss(
        positiveMargin: 0.3, negativeMargin: 1.3, distance: distance, averaging: averaging)
      expectLoss(loss, loss(x, y, labels: z).item())
    }
  }

  @Test func agreesWithPML() throws {
    try PairGoldens.expectBatches("pml.contrastive") { UnsquaredContrastiveLoss()($0, labels: $1) }
    try PairGoldens.expectBatches("pml.contrastive.margins") {
      UnsquaredContrastiveLoss(positiveMargin: 0.3, negativeMargin: 1.4)($0, labels: $1)
    }
    try PairGoldens.expectBatches("pml.snr-contrastive") { UnsquaredContrastiveLoss.signalToNoise($0, labels: $1) }
    let first = PairGoldens.first.asVariable()
    let value = UnsquaredContrastiveLoss()(first, labels: Tensor([0, 0, 1, 1, 2, 2]))
    expectClose(value, [2.0041313346], relative: 0, absolute: 1e-9)
    expectClose(value.gradients(of: [first])[0]!.norm(), [0.4711965170], relative: 0, absolute: 1e-9)
    let (rows, labels) = PairGoldens.six
    expectClose(
      UnsquaredContrastiveLoss.signalToNoise(rows, labels: labels), [5.2301603280], relative: 0, absolute: 1e-9)
  }
}
