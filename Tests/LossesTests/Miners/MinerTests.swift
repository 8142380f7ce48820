import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

extension PairSelection {
  /// (anchor, candidate, 1 for positives and 0 for negatives).
  var tuples: Set<[Int]> {
    let lists = [(positives, 1), (negatives, 0)].map { list, kind in plainIndices(list).map { $0 + [kind] } }
    return Set(lists[0] + lists[1])
  }
}

extension TripletSelection {
  var tuples: Set<[Int]> { Set(plainIndices(indices)) }
}

func plainIndices(_ matrix: Tensor) -> [[Int]] {
  let (values, width) = (matrix.values(as: Int.self), matrix.shape[1])
  return (0..<matrix.shape[0]).map { Array(values[$0 * width..<($0 + 1) * width]) }
}

@Suite struct MinerTests {
  private static let pairMiners: [(String, any PairMiner)] = [
    ("batch-easy-hard", BatchEasyHardMiner()),
    (
      "batch-easy-hard.range",
      BatchEasyHardMiner(positives: .hard, negatives: .hard, positiveRange: 0.3...1.2, negativeRange: 0.5...1.9)
    ),
    ("multi-similarity", MultiSimilarityMiner()),
    ("multi-similarity.wide", MultiSimilarityMiner(epsilon: 0.5)),
    ("pair-margin", PairMarginMiner()),
  ]
  private static let tripletMiners: [(String, any TripletMiner)] = [
    ("batch-hard", BatchHardMiner()),
    ("triplet-margin.all", TripletMarginMiner()),
    ("triplet-margin.hard", TripletMarginMiner(kind: .hard)),
    ("triplet-margin.semihard", TripletMarginMiner(kind: .semiHard)),
    ("triplet-margin.easy", TripletMarginMiner(kind: .easy)),
    ("angular", AngularMiner()),
    ("angular.steep", AngularMiner(degrees: 35)),
  ]
  private let batches = [("six", PairGoldens.six), ("odd", PairGoldens.odd)]

  /// Expects the tuples that the original library gave, with tiles of any size, in one order.
  private func expect(_ name: String, _ mine: (Tensor, Tensor) -> (tuples: Set<[Int]>, lists: [Tensor])) throws {
    let goldens = try Goldens("losses_pairs")
    for (batch, (rows, labels)) in batches {
      let golden = goldens["miner.\(name).\(batch)"]
      let expected = Set(plainRows(golden).map { $0.map { Int($0) } })
      var lists: [[Int]] = []
      for size in tileSizes {
        let mined = LabeledRows.$largestTile.withValue(size) { mine(rows, labels) }
        #expect(mined.tuples == expected, "\(name) of \(batch), tiles of \(size)")
        #expect(mined.lists.reduce(0) { $0 + $1.shape[0] } == golden.shape[0], "\(name) of \(batch)")
        lists.append(mined.lists.flatMap { $0.values(as: Int.self) })
      }
      #expect(Set(lists).count == 1, "\(name) of \(batch): the order depends on the tiles")
    }
  }

  @Test func pairsAreThoseOfPML() throws {
    for (name, miner) in Self.pairMiners {
      try expect(name) { rows, labels in
        let mined = miner(rows, labels: labels)
        return (mined.tuples, [mined.positives, mined.negatives])
      }
    }
  }

  @Test func tripletsAreThoseOfPML() throws {
    for (name, miner) in Self.tripletMiners {
      try expect(name) { rows, labels in
        let mined = miner(rows, labels: labels)
        return (mined.tuples, [mined.indices])
      }
    }
  }

  @Test func everyCombinationOfStrategiesIsThatOfPML() throws {
    let words: [BatchEasyHardMiner.Strategy: String] = [
      .hard: "hard", .semiHard: "semihard", .easy: "easy", .all: "all",
    ]
    for positives in BatchEasyHardMiner.Strategy.allCases {
      for negatives in BatchEasyHardMiner.Strategy.allCases {
        let others = [positives, negatives].filter { $0 != .semiHard }
        if others.isEmpty || others == [.all] { continue }
        try expect("batch-easy-hard.\(words[positives]!).\(words[negatives]!)") { rows, labels in
          let mined = BatchEasyHardMiner(positives: positives, negatives: negatives)(rows, labels: labels)
          return (mined.tuples, [mined.positives, mined.negatives])
        }
      }
    }
  }

  @Test(arguments: [[7], [1, 1, 1], [1, 2, 3]])
  func batchesWithoutPairsOfAKindGiveNoTriplet(labels: [Int]) {
    let z = PairGoldens.first[0..<labels.count]
    for (name, miner) in Self.tripletMiners { #expect(miner(z, labels: Tensor(labels)).count == 0, "\(name)") }
    var random = RandomStream(seed: 1)
    #expect(DistanceWeightedMiner()(z, labels: Tensor(labels), random: &random).count == 0)
    for (name, miner) in Self.pairMiners where name != "pair-margin" {
      #expect(miner(z, labels: Tensor(labels)).tuples.isEmpty, "\(name)")
    }
  }

  @Test func aMemoryIsMinedAsPairsOfAnotherBatch() {
    let (anchors, memory) = (PairGoldens.first, peerInput(4, 5, 0.29, 0.7))
    let (y, z) = ([0, 1, 2, 2, 0, 5], [2, 0, 0, 1])
    let rows = LabeledRows(anchors: anchors, labels: Tensor(y), candidates: memory, candidateLabels: Tensor(z))
    let (a, m) = (plainRows(anchors).map(unit), plainRows(memory).map(unit))
    var expected: Set<[Int]> = []
    for i in 0..<6 {
      for p in 0..<4 where z[p] == y[i] {
        for n in 0..<4 where z[n] != y[i] {
          if euclidean(a[i], m[n]) - euclidean(a[i], m[p]) <= 0.2 { expected.insert([i, p, n]) }
        }
      }
    }
    #expect(!expected.isEmpty && TripletMarginMiner()(rows).tuples == expected)
  }

  @Test func lossesOfMinedPairsAndTripletsAreThoseOfPML() throws {
    let triplet = TripletLoss(margin: 0.2, distance: .normalizedEuclidean, averaging: .nonZero)
    for size in tileSizes {
      try LabeledRows.$largestTile.withValue(size) {
        try PairGoldens.expectBatches("pml.triplet+batch-hard") {
          triplet($0, triplets: BatchHardMiner()($0, labels: $1))
        }
        try PairGoldens.expectBatches("pml.triplet+semihard") {
          triplet($0, triplets: TripletMarginMiner(kind: .semiHard)($0, labels: $1))
        }
        try PairGoldens.expectBatches("pml.contrastive+pair-margin") {
          UnsquaredContrastiveLoss()($0, pairs: PairMarginMiner()($0, labels: $1))
        }
      }
    }
    let rows = PairGoldens.six.rows.asVariable()
    let labels = PairGoldens.six.labels
    let value = triplet(rows, triplets: TripletMarginMiner(kind: .semiHard)(rows, labels: labels))
    expectClose(value, [0.1176675037], relative: 0, absolute: 1e-9)
    expectClose(
      triplet(rows, triplets: BatchHardMiner()(rows, labels: labels)), [1.6910103983], relative: 0, absolute: 1e-9)
  }

  /// More triplets than pairs of rows take their distances from a matrix, fewer gather the rows.
  @Test(arguments: PairDistance.allCases.filter { $0 != .manhattan }, [false, true])
  func manyTripletsCostWhatTheyCostInParts(distance: PairDistance, swap: Bool) {
    let (rows, labels) = (PairGoldens.odd.rows.asVariable(), PairGoldens.odd.labels)
    let triplets = TripletMarginMiner(margin: 100)(rows, labels: labels)
    #expect(triplets.count == 180)  // 4·3·7 + 2·(3·2·8), of 121 pairs
    let loss = TripletLoss(margin: 0.3, distance: distance, swap: swap, averaging: .sum)
    let whole = loss(rows, triplets: triplets)
    let parts = triplets.indices.split(into: 60).map { loss(rows, triplets: TripletSelection($0)) }
    let sum = parts[0] + parts[1] + parts[2]
    expectClose(whole, sum, relative: 1e-10, absolute: 1e-10)
    expectClose(
      whole.gradients(of: [rows])[0]!, sum.gradients(of: [rows])[0]!, relative: 1e-8, absolute: 1e-8)
    expectGradients(at: [PairGoldens.odd.rows]) { loss($0[0], triplets: triplets) }
  }

  @Test func noPairsAndNoTripletsCostNothing() {
    let z = PairGoldens.first.asVariable()
    let none = TripletSelection(.zeros([0, 3], type: .int64))
    let loss = TripletLoss()(z, triplets: none)
    #expect(loss.item() == 0)
    let pairs = PairSelection(positives: .zeros([0, 2], type: .int64), negatives: .zeros([0, 2], type: .int64))
    #expect(UnsquaredContrastiveLoss()(z, pairs: pairs).item() == 0)
  }

  @Test func combinationsThatMeanNothingTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = BatchEasyHardMiner(positives: .semiHard, negatives: .semiHard)
    }
    await #expect(processExitsWith: .failure) { _ = BatchEasyHardMiner(positives: .all, negatives: .semiHard) }
  }
}
