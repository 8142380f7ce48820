import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

/// Every triplet of a batch in plain loops.
struct PlainTriplets {
  let rows: [[Double]]
  let labels: [Int]

  init(_ batch: (rows: Tensor, labels: Tensor), normalized: Bool) {
    rows = plainRows(batch.rows).map { normalized ? unit($0) : $0 }
    labels = batch.labels.values(as: Int.self)
  }

  func d(_ i: Int, _ k: Int) -> Double { euclidean(rows[i], rows[k]) }

  func positives(_ a: Int) -> [Int] { labels.indices.filter { $0 != a && labels[$0] == labels[a] } }

  func negatives(_ a: Int) -> [Int] { labels.indices.filter { labels[$0] != labels[a] } }

  var all: [(a: Int, p: Int, n: Int)] {
    labels.indices.flatMap { a in positives(a).flatMap { p in negatives(a).map { (a, p, $0) } } }
  }
}

/// Tiles of one anchor, of a few, and of all.
let tileSizes = [1, 30, 1 << 20]

@Suite struct BatchAllTripletLossTests {
  @Test(arguments: TripletLoss.Hinge.allCases, [false, true])
  func agreesWithTheDefinition(hinge: TripletLoss.Hinge, swap: Bool) {
    let plain = PlainTriplets(PairGoldens.odd, normalized: true)
    for selecting in [nil] + TripletKind.allCases {
      let triplets = plain.all.filter { a, p, n in
        let advantage = plain.d(a, n) - plain.d(a, p)
        return switch selecting {
        case nil: true
        case .all: advantage <= 0.3
        case .hard: advantage <= 0
        case .semiHard: advantage > 0 && advantage <= 0.3
        case .easy: advantage > 0.3
        }
      }
      let losses = triplets.map { a, p, n in
        let v = plain.d(a, p) - (swap ? min(plain.d(a, n), plain.d(p, n)) : plain.d(a, n)) + 0.3
        return hinge == .hard ? max(0, v) : Double.log(1 + Double.exp(v))
      }
      for averaging in LossAveraging.allCases {
        let expected =
          switch averaging {
          case .all: mean(losses)
          case .nonZero: mean(losses.filter { $0 > 0 })
          case .sum: losses.reduce(0, +)
          }
        let loss = BatchAllTripletLoss(
          TripletLoss(margin: 0.3, distance: .normalizedEuclidean, hinge: hinge, swap: swap, averaging: averaging),
          selecting: selecting)
        for size in tileSizes {
          let value = LabeledRows.$largestTile.withValue(size) {
            loss(PairGoldens.odd.rows, labels: PairGoldens.odd.labels)
          }
          expectClose(value, [expected], relative: 1e-12, absolute: 1e-12, "\(loss), tiles of \(size)")
        }
      }
    }
  }

  @Test(arguments: tileSizes)
  func gradientsAgreeWithDifferences(tileSize: Int) {
    let (rows, labels) = (PairGoldens.odd.rows[0..<7], PairGoldens.odd.labels[0..<7])
    for (hinge, swap) in [(TripletLoss.Hinge.hard, false), (.hard, true), (.soft, false), (.soft, true)] {
      let triplet = TripletLoss(margin: 0.3, distance: .euclidean, hinge: hinge, swap: swap)
      LabeledRows.$largestTile.withValue(tileSize) {
        expectGradients(at: [rows]) { BatchAllTripletLoss(triplet)($0[0], labels: labels) }
      }
    }
  }

  @Test func agreesWithPeers() throws {
    try PairGoldens.expectBatches("pml.triplet") { BatchAllTripletLoss()($0, labels: $1) }
    try PairGoldens.expectBatches("pml.triplet.swap") {
      BatchAllTripletLoss(TripletLoss(margin: 0.2, distance: .normalizedEuclidean, swap: true, averaging: .nonZero))(
        $0, labels: $1)
    }
    try PairGoldens.expectBatches("pml.triplet.smooth") {
      BatchAllTripletLoss(
        TripletLoss(margin: 0.2, distance: .normalizedEuclidean, hinge: .soft, averaging: .nonZero))($0, labels: $1)
    }
    try PairGoldens.expectBatches("pml.triplet.plain") {
      BatchAllTripletLoss(TripletLoss(margin: 0.2, distance: .euclidean, averaging: .nonZero))($0, labels: $1)
    }
    try PairGoldens.expectBatches("pml.triplet+semihard") {
      BatchAllTripletLoss(
        TripletLoss(margin: 0.2, distance: .normalizedEuclidean, averaging: .nonZero), selecting: .semiHard)(
          $0, labels: $1)
    }
    try PairGoldens.expectBatches("st.batch-all") { BatchAllTripletLoss.sentenceTransformers($0, labels: $1) }
    try PairGoldens.expectBatches("st.batch-all.tight") {
      BatchAllTripletLoss(TripletLoss(margin: 0.3, distance: .euclidean, averaging: .nonZero))($0, labels: $1)
    }
    try PairGoldens.expectBatches("st.batch-all.cosine") {
      BatchAllTripletLoss(TripletLoss(margin: 0.3, distance: .cosine, averaging: .nonZero))($0, labels: $1)
    }
  }

  @Test func givesTheKnownNumbers() {
    let first = PairGoldens.first.asVariable()
    let value = BatchAllTripletLoss()(first, labels: Tensor([0, 0, 1, 1, 2, 2]))
    expectClose(value, [0.7252390303], relative: 0, absolute: 1e-9)
    expectClose(value.gradients(of: [first])[0]!.norm(), [0.4557081691], relative: 0, absolute: 1e-9)
    let (rows, labels) = PairGoldens.six
    expectClose(
      BatchAllTripletLoss.sentenceTransformers(rows, labels: labels), [4.9221471047], relative: 0, absolute: 1e-9)
    expectClose(
      BatchHardTripletLoss.sentenceTransformers(rows, labels: labels), [7.4640348285], relative: 0, absolute: 1e-9)
  }

  @Test func otherCandidatesAgreeWithTheDefinition() {
    let (anchors, memory) = (PairGoldens.first, peerInput(4, 5, 0.29, 0.7))
    let (y, z) = ([0, 1, 2, 2, 0, 5], [2, 0, 0, 1])
    let (a, m) = (plainRows(anchors), plainRows(memory))
    var losses: [Double] = []
    for i in 0..<6 {
      for p in 0..<4 where z[p] == y[i] {
        for n in 0..<4 where z[n] != y[i] { losses.append(max(0, euclidean(a[i], m[p]) - euclidean(a[i], m[n]) + 0.5)) }
      }
    }
    let loss = BatchAllTripletLoss(TripletLoss(margin: 0.5, distance: .euclidean))
    expectClose(
      loss(anchors, labels: Tensor(y), candidates: memory, candidateLabels: Tensor(z)), [mean(losses)], relative: 1e-12)
    expectGradients(at: [anchors, memory]) {
      loss($0[0], labels: Tensor(y), candidates: $0[1], candidateLabels: Tensor(z))
    }
  }
}

@Suite struct BatchHardTripletLossTests {
  private func naive(_ plain: PlainTriplets, _ h: (Double) -> Double) -> Double {
    mean(
      plain.labels.indices.compactMap { a in
        guard let far = plain.positives(a).map({ plain.d(a, $0) }).max(),
          let near = plain.negatives(a).map({ plain.d(a, $0) }).min()
        else { return nil }
        return h(far - near)
      })
  }

  @Test(arguments: tileSizes)
  func agreesWithTheDefinition(tileSize: Int) {
    let (rows, labels) = PairGoldens.odd
    let plain = PlainTriplets((rows, labels), normalized: false)
    LabeledRows.$largestTile.withValue(tileSize) {
      expectClose(BatchHardTripletLoss()(rows, labels: labels), [naive(plain) { max(0, $0 + 0.2) }], relative: 1e-12)
      expectClose(
        BatchHardTripletLoss.softMargin(rows, labels: labels), [naive(plain) { Double.log(1 + Double.exp($0)) }],
        relative: 1e-12)
      expectGradients(at: [rows]) { BatchHardTripletLoss.softMargin($0[0], labels: labels) }
    }
  }

  @Test func agreesWithSentenceTransformers() throws {
    // Their anchors without a positive count too: only the batch without such an anchor compares.
    let (rows, labels) = PairGoldens.six
    try PairGoldens.expect("st.batch-hard.six", at: [rows]) {
      BatchHardTripletLoss.sentenceTransformers($0[0], labels: labels)
    }
    try PairGoldens.expect("st.batch-hard.cosine.six", at: [rows]) {
      BatchHardTripletLoss(TripletLoss(margin: 0.3, distance: .cosine))($0[0], labels: labels)
    }
    try PairGoldens.expect("st.batch-hard-soft-margin.six", at: [rows]) {
      BatchHardTripletLoss.softMargin($0[0], labels: labels)
    }
  }

  @Test func agreesWithTripletMarginOnBatchHardTriplets() throws {
    let triplet = TripletLoss(margin: 0.2, distance: .normalizedEuclidean, averaging: .nonZero)
    try PairGoldens.expectBatches("pml.triplet+batch-hard") { BatchHardTripletLoss(triplet)($0, labels: $1) }
  }
}

@Suite struct BatchSemiHardTripletLossTests {
  @Test(arguments: tileSizes)
  func agreesWithTheDefinition(tileSize: Int) {
    let (rows, labels) = PairGoldens.odd
    let plain = PlainTriplets((rows, labels), normalized: false)
    var losses: [Double] = []
    for a in plain.labels.indices {
      for p in plain.positives(a) {
        let d = plain.negatives(a).map { plain.d(a, $0) }
        let chosen = d.filter { $0 > plain.d(a, p) }.min() ?? d.max()!
        losses.append(max(0, plain.d(a, p) - chosen + 0.3))
      }
    }
    LabeledRows.$largestTile.withValue(tileSize) {
      let loss = BatchSemiHardTripletLoss(margin: 0.3, distance: .euclidean)
      expectClose(loss(rows, labels: labels), [mean(losses)], relative: 1e-12)
      expectGradients(at: [rows]) { loss($0[0], labels: labels) }
    }
  }

  @Test func agreesWithSentenceTransformers() throws {
    try PairGoldens.expectBatches("st.batch-semi-hard") {
      BatchSemiHardTripletLoss.sentenceTransformers($0, labels: $1)
    }
    try PairGoldens.expectBatches("st.batch-semi-hard.tight") {
      BatchSemiHardTripletLoss(margin: 0.3, distance: .euclidean)($0, labels: $1)
    }
  }
}

@Suite struct BatchTripletEdgeTests {
  static let losses: [any ClassLoss] = [
    BatchAllTripletLoss(), BatchAllTripletLoss(TripletLoss(hinge: .soft)), BatchHardTripletLoss(),
    BatchHardTripletLoss.softMargin, BatchSemiHardTripletLoss(),
  ]

  @Test(arguments: [[7], [1, 1, 1], [1, 2, 3]])
  func aBatchWithoutTripletsCostsNothing(labels: [Int]) {
    for loss in Self.losses {
      let z = PairGoldens.first[0..<labels.count].asVariable()
      let value = loss(z, labels: Tensor(labels))
      #expect(value.item() == 0, "\(loss)")
      expectClose(value.gradients(of: [z])[0]!, [Double](repeating: 0, count: 5 * labels.count), absolute: 0)
    }
  }

  @Test func equalRowsCostTheMarginAndHaveFiniteGradients() {
    let z = Tensor([0.3, -1, 2] as [Float], shape: [1, 3]).expanded(to: [6, 3]).copy().asVariable()
    for loss in Self.losses {
      let value = loss(z, labels: Tensor([0, 0, 1, 1, 2, 2]))
      #expect(value.isFinite().all() && value.item() > 0, "\(loss)")
      #expect(value.gradients(of: [z])[0]!.isFinite().all(), "\(loss)")
    }
  }

  @Test func anotherOrderOfTheBatchGivesTheSame() {
    let (rows, labels) = PairGoldens.odd
    let order = [3, 9, 0, 7, 10, 1, 5, 4, 8, 2, 6]
    for loss in Self.losses {
      expectClose(
        loss(rows.items(at: order), labels: labels.items(at: order)), loss(rows, labels: labels), relative: 1e-12,
        "\(loss)")
    }
  }
}
