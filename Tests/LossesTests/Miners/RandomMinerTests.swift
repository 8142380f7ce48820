import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

@Suite struct DistanceWeightedMinerTests {
  private let batch = PairGoldens.odd

  /// How likely every negative of every anchor is, from the formula in plain loops.
  private func probabilities() -> [[Double]] {
    let z = plainRows(batch.rows).map(unit)
    let labels = batch.labels.values(as: Int.self)
    return z.indices.map { a in
      let weights = z.indices.map { n -> Double in
        let d = max(0.5, euclidean(z[a], z[n]))
        guard labels[n] != labels[a], d < 1.4 else { return 0 }
        return 1 / (d * d * (1 - d * d / 4).squareRoot())  // D = 4
      }
      let sum = weights.reduce(0, +)
      return weights.map { sum > 0 ? $0 / sum : 0 }
    }
  }

  @Test func negativesAreDrawnAsTheFormulaAndPMLSay() throws {
    var counts = [[Double]](repeating: [Double](repeating: 0, count: 11), count: 11)
    var draws = [Double](repeating: 0, count: 11)
    for seed in 0..<3000 {
      var random = RandomStream(seed: UInt64(seed))
      for t in plainIndices(DistanceWeightedMiner()(batch.rows, labels: batch.labels, random: &random).indices) {
        counts[t[0]][t[2]] += 1
        draws[t[0]] += 1
      }
    }
    let golden = plainRows(try Goldens("losses_pairs")["miner.distance-weighted.odd"])
    for (a, expected) in probabilities().enumerated() {
      for n in 0..<11 where draws[a] > 0 {
        // Five standard deviations of a frequency; PML's come from 4000 batches.
        let deviation = (expected[n] * (1 - expected[n]) / draws[a]).squareRoot()
        #expect(abs(counts[a][n] / draws[a] - expected[n]) <= 5 * deviation, "anchor \(a), negative \(n)")
        #expect(abs(golden[a][n] - expected[n]) <= 5 * deviation + 0.01, "PML's anchor \(a), negative \(n)")
      }
    }
    #expect(draws.filter { $0 > 0 }.count >= 8)
  }

  @Test func everyPositivePairGivesOneTripletWhateverTheTiles() {
    var lists: Set<[Int]> = []
    for size in tileSizes {
      var random = RandomStream(seed: 3)
      let mined = LabeledRows.$largestTile.withValue(size) {
        DistanceWeightedMiner()(batch.rows, labels: batch.labels, random: &random)
      }
      lists.insert(mined.indices.values(as: Int.self))
    }
    #expect(lists.count == 1)
    let labels = batch.labels.values(as: Int.self)
    let reachable = probabilities().map { $0.contains { $0 > 0 } }
    let pairs = labels.indices.flatMap { a in
      labels.indices.filter { $0 != a && labels[$0] == labels[a] && reachable[a] }.map { [a, $0] }
    }
    let values = Array(lists.first!)
    let mined = stride(from: 0, to: values.count, by: 3).map { Array(values[$0..<$0 + 2]) }
    #expect(mined == pairs)
  }
}

@Suite struct UniformHistogramMinerTests {
  private let batch = PairGoldens.odd

  @Test func everyBinThatIsNotEmptyGivesAsMany() {
    let z = plainRows(batch.rows).map(unit)
    let labels = batch.labels.values(as: Int.self)
    let miner = UniformHistogramMiner(bins: 5, positivesPerBin: 4, negativesPerBin: 7)
    var lists: Set<[Int]> = []
    for size in tileSizes {
      var random = RandomStream(seed: 5)
      let mined = LabeledRows.$largestTile.withValue(size) { miner(batch.rows, labels: batch.labels, random: &random) }
      lists.insert(mined.positives.values(as: Int.self) + mined.negatives.values(as: Int.self))
      for (list, same, perBin) in [(mined.positives, true, 4), (mined.negatives, false, 7)] {
        let all = labels.indices.flatMap { a in labels.indices.filter { $0 != a }.map { (a, $0) } }
          .filter { (labels[$0.0] == labels[$0.1]) == same }.map { euclidean(z[$0.0], z[$0.1]) }
        let (low, high) = (all.min()!, all.max()!)
        func bin(_ d: Double) -> Int { min(Int((d - low) / (high - low) * 5), 4) }
        var counts = [Int](repeating: 0, count: 5)
        for pair in plainIndices(list) {
          #expect((labels[pair[0]] == labels[pair[1]]) == same && pair[0] != pair[1])
          counts[bin(euclidean(z[pair[0]], z[pair[1]]))] += 1
        }
        let occupied = Set(all.map(bin))
        #expect(counts == (0..<5).map { occupied.contains($0) ? perBin : 0 })
      }
    }
    #expect(lists.count == 1)
  }

  @Test func pairsOfABinAreEquallyLikely() {
    // Three equal positives' distances in one bin: six ordered pairs.
    let z = Tensor([1, 0, -0.5, 0.75.squareRoot(), -0.5, -0.75.squareRoot()] as [Double], shape: [3, 2])
    var random = RandomStream(seed: 9)
    let mined = UniformHistogramMiner(bins: 1, positivesPerBin: 6000)(z, labels: Tensor([1, 1, 1]), random: &random)
    #expect(mined.negatives.shape == [0, 2])
    let counts = Dictionary(grouping: plainIndices(mined.positives)) { $0 }.values.map(\.count)
    #expect(counts.count == 6 && counts.allSatisfy { abs(Double($0) - 1000) < 5 * 29 })
  }
}
