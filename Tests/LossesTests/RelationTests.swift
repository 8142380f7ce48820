import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

@Suite struct RelationTests {
  private let source = RandomSource(seed: 11)

  /// Holds what a relation says to a definition, by sums that differ for any two sets, with several sizes of tiles.
  private func expect(
    _ relation: Relation, _ n: Int, _ m: Int, sameRows: Bool = false, _ kind: @escaping (Int, Int) -> Candidate,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let a = Tensor.normal([n, 3], type: .float64, from: source)
    let c = sameRows ? a : .normal([m, 3], type: .float64, from: source)
    let naive = NaiveComparison(a, c, kind: kind)
    for tileSize in [1, 3, 4, 5, 100] {
      var comparison = Comparison(anchors: a, candidates: c, relation: relation)
      comparison.tileSize = tileSize
      for pairs in [Reduction.Pairs.positives, .negatives, .compared] {
        for side in [Reduction.Side.anchors, .candidates] {
          let reduction = Reduction.logSumExp(over: pairs, per: side)
          expectSame(
            comparison.reduced(reduction), naive.reduced(reduction), "\(pairs) \(side), tiles of \(tileSize)",
            sourceLocation: sourceLocation)
        }
      }
    }
  }

  @Test(arguments: [(1, 1), (4, 4), (5, 9)])
  func aligned(n: Int, m: Int) {
    expect(.aligned, n, m) { $0 == $1 ? .positive : .negative }
  }

  @Test(arguments: [(2, 1), (2, 6), (3, 4), (4, 3)])
  func views(views: Int, examples: Int) {
    expect(.views(views), views * examples, views * examples, sameRows: true) { i, k in
      i == k ? .ignored : i % examples == k % examples ? .positive : .negative
    }
  }

  @Test func labels() {
    let labels = [0, 1, 0, 2, 1, 0, 9, 2, 0]
    expect(.labels(labels), 9, 9, sameRows: true) { i, k in
      i == k ? .ignored : labels[i] == labels[k] ? .positive : .negative
    }
    let (left, right) = ([0, 1, 2, 1], [1, 1, 0, 3, 0, 5])
    expect(.labels(anchors: Tensor(left), candidates: Tensor(right)), 4, 6) {
      left[$0] == right[$1] ? .positive : .negative
    }
  }

  @Test func constants() {
    expect(.negatives, 3, 5) { _, _ in .negative }
    expect(.positives, 3, 5) { _, _ in .positive }
    expect(.negatives.excludingSelf(), 4, 6) { $0 == $1 ? .ignored : .negative }
    expect(.positives.excludingSelf(), 4, 6) { $0 == $1 ? .ignored : .positive }
  }

  @Test func grades() {
    let (left, right) = ([0.5, 2, 1, 0.1], [1, 0.5, 0.2, 3, 2.0])
    expect(.graded(anchors: Tensor(left), candidates: Tensor(right)), 4, 5) {
      right[$1] < left[$0] ? .positive : .negative
    }
  }

  @Test func listedPairs() {
    let positives = [(3, 4), (0, 2), (0, 6), (3, 4), (5, 0), (0, 0)]
    let excluded = [(0, 6), (1, 1), (6, 7)]
    func contains(_ pairs: [(Int, Int)], _ i: Int, _ k: Int) -> Bool { pairs.contains { $0 == (i, k) } }
    expect(.pairs(positives).excluding(excluded), 7, 8) { i, k in
      contains(excluded, i, k) ? .ignored : contains(positives, i, k) ? .positive : .negative
    }
    expect(.aligned.excludingSelf().excluding(excluded), 7, 8) { i, k in
      i == k || contains(excluded, i, k) ? .ignored : .negative
    }
  }

  @Test func sharedIdentitiesAreNoNegatives() {
    let ids = [0, 1, 0, 2, 1]
    expect(.aligned.ignoring(Tensor(ids), Tensor(ids)), 5, 5) { i, k in
      i == k ? .positive : ids[i] == ids[k] ? .ignored : .negative
    }
    let others = [7, 7, 3, 4, 7]
    expect(.aligned.ignoring(Tensor(ids), Tensor(ids)).ignoring(Tensor(others), Tensor(others)), 5, 5) { i, k in
      i == k ? .positive : ids[i] == ids[k] || others[i] == others[k] ? .ignored : .negative
    }
  }

  @Test(arguments: [(5, 5), (5, 9), (12, 12)])
  func ignoredPairsAreNeitherPositiveNorNegative(n: Int, m: Int) {
    var random = RandomStream(seed: 3, n, m)
    let candidates = (0..<m).map { _ in random.integer(below: 4) }
    let anchors = (0..<n).map { _ in (0..<5).filter { _ in random.chance(0.4) } }
    expect(.aligned.ignoring(IgnoredPairs(candidates: candidates, anchors: anchors)), n, m) { i, k in
      i == k ? .positive : anchors[i].contains(candidates[k]) ? .ignored : .negative
    }
  }

  @Test func groupsAreOneSetOfCandidates() {
    let (n, extra) = (6, 4)
    let (z, queue) = (
      Tensor.normal([n, 3], type: .float64, from: source), Tensor.normal([extra, 3], type: .float64, from: source)
    )
    let bias = Tensor([0.1, -2, 0.3, 1] as [Double])
    let all = Tensor.concatenation([z, queue, z])
    let naive = NaiveComparison(all[0..<n], all, bias: [0, 0, 0, 0, 0, 0, 0.1, -2, 0.3, 1, 0, 0, 0, 0, 0, 0]) { i, k in
      if k < n { return i == k ? .ignored : i % 3 == k % 3 ? .positive : .negative }
      if k < n + extra { return .negative }
      return i == k - n - extra ? .positive : .negative
    }
    for tileSize in [1, 4, 100] {
      var comparison = Comparison(anchors: z, candidates: z, relation: .views(2))
        .adding(queue, relation: .negatives, bias: bias).adding(z, relation: .aligned)
      comparison.tileSize = tileSize
      let reductions = allReductions(
        anchors: Tensor.normal([n], type: .float64, from: source),
        candidates: Tensor.normal([2 * n + extra], type: .float64, from: source))
      for (reduction, actual) in zip(reductions, comparison.reduced(reductions)) {
        expectSame(actual, naive.reduced(reduction), "\(reduction), tiles of \(tileSize)")
      }
    }
    expectGradients(at: [z, queue, bias]) { inputs in
      var comparison = Comparison(anchors: inputs[0], candidates: inputs[0], relation: .views(2))
        .adding(inputs[1], relation: .negatives, bias: inputs[2]).adding(inputs[0], relation: .aligned)
      comparison.tileSize = 4
      return weighted(comparison.reduced([.logSumExp(over: .compared), .sum(.softplus(), over: .positives)]))
    }
  }
}
