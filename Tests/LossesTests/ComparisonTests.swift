import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

@Suite struct ComparisonTests {
  private let source = RandomSource(seed: 7)

  private func rows(_ n: Int, _ d: Int) -> Tensor { .normal([n, d], type: .float64, from: source) }

  /// Tile sizes that divide the sizes below, that do not, and that hold everything.
  private let tileSizes = [1, 3, 4, 5, 7, 100]

  private func expect(
    _ expected: Double, _ comparison: Comparison, symmetric: Bool = false, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for size in tileSizes {
      var comparison = comparison
      comparison.tileSize = size
      expectClose(
        symmetric ? comparison.symmetricCrossEntropy() : comparison.crossEntropy(), [expected], relative: 1e-12,
        absolute: 1e-12, "\(comment), tiles of \(size)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [(1, 1), (4, 4), (5, 5), (5, 9), (12, 12)])
  func alignedRowsAgreeWithTheDefinition(n: Int, m: Int) {
    let (a, c) = (rows(n, 3), rows(m, 3))
    let logits = naiveLogits(a, c, scale: 1.7)
    let forward = naiveCrossEntropy(logits) { $0 == $1 ? .positive : .negative }
    let backward = naiveCrossEntropy(transposed(logits)) { $0 == $1 ? .positive : .negative }
    let comparison = Comparison(anchors: a, candidates: c, relation: .aligned, scale: 1.7)
    expect(forward, comparison, "\(n) × \(m)")
    expect((forward + backward) / 2, comparison, symmetric: true, "symmetric \(n) × \(m)")
  }

  @Test(arguments: [(5, 5), (5, 9), (12, 12)])
  func ignoredPairsAreNeitherPositiveNorNegative(n: Int, m: Int) {
    var random = RandomStream(seed: 3, n, m)
    let candidates = (0..<m).map { _ in random.integer(below: 4) }
    let anchors = (0..<n).map { _ in (0..<5).filter { _ in random.chance(0.4) } }
    let (a, c) = (rows(n, 3), rows(m, 3))
    let kind = { (i: Int, k: Int) -> Candidate in
      i == k ? .positive : anchors[i].contains(candidates[k]) ? .ignored : .negative
    }
    let logits = naiveLogits(a, c, scale: 1.7)
    let forward = naiveCrossEntropy(logits, kind: kind)
    let backward = naiveCrossEntropy(transposed(logits)) { kind($1, $0) }
    let relation = Relation.alignedIgnoring(IgnoredPairs(candidates: candidates, anchors: anchors))
    let comparison = Comparison(anchors: a, candidates: c, relation: relation, scale: 1.7)
    expect(forward, comparison, "\(n) × \(m)")
    expect((forward + backward) / 2, comparison, symmetric: true, "symmetric \(n) × \(m)")
  }

  @Test(arguments: [(2, 1), (2, 6), (3, 4), (4, 3)])
  func viewsAgreeWithTheDefinition(views: Int, examples: Int) {
    let z = rows(views * examples, 3)
    let expected = naiveCrossEntropy(naiveLogits(z, z, scale: 2)) { i, k in
      i == k ? .ignored : i % examples == k % examples ? .positive : .negative
    }
    expect(expected, Comparison(anchors: z, candidates: z, relation: .views(views), scale: 2), "\(views) × \(examples)")
  }

  @Test func labelsAgreeWithTheDefinition() {
    let labels = [0, 1, 0, 2, 1, 0, 9, 2, 0]  // 9 has no positive and must not count
    let z = rows(9, 3)
    let kind = { (i: Int, k: Int) -> Candidate in i == k ? .ignored : labels[i] == labels[k] ? .positive : .negative }
    let expected = naiveCrossEntropy(naiveLogits(z, z, scale: 1.3), kind: kind)
    let comparison = Comparison(anchors: z, candidates: z, relation: .labels(labels), scale: 1.3)
    expect(expected, comparison, "labels")
    expect(expected, comparison, symmetric: true, "a symmetric matrix has equal directions")
  }

  @Test func labelsOfOtherCandidatesAgreeWithTheDefinition() {
    let (left, right) = ([0, 1, 2, 1], [1, 1, 0, 3, 0, 5])
    let (a, c) = (rows(4, 2), rows(6, 2))
    let logits = naiveLogits(a, c, scale: 0.8)
    let forward = naiveCrossEntropy(logits) { left[$0] == right[$1] ? .positive : .negative }
    let backward = naiveCrossEntropy(transposed(logits)) { left[$1] == right[$0] ? .positive : .negative }
    let relation = Relation.labels(anchors: Tensor(left), candidates: Tensor(right), excludingSelf: false)
    let comparison = Comparison(anchors: a, candidates: c, relation: relation, scale: 0.8)
    expect(forward, comparison, "labels of others")
    expect((forward + backward) / 2, comparison, symmetric: true, "labels of others")
  }

  @Test func withoutAnyPositiveTheLossIsZero() {
    let z = rows(3, 2).asVariable()
    let loss = Comparison(anchors: z, candidates: z, relation: .labels([0, 1, 2]), scale: 1).crossEntropy()
    #expect(loss.item() == 0)
    expectClose(loss.gradients(of: [z])[0]!, [Double](repeating: 0, count: 6))
  }

  @Test(arguments: [1, 2, 100])
  func gradientsAgreeWithDifferences(tileSize: Int) {
    let scale = Tensor([1.4] as [Double], shape: [])
    func check(_ a: Tensor, _ c: Tensor, _ relation: Relation, symmetric: Bool) {
      expectGradients(at: [a, c, scale]) { inputs in
        var comparison = Comparison(anchors: inputs[0], candidates: inputs[1], relation: relation, scale: inputs[2])
        comparison.tileSize = tileSize
        return (symmetric ? comparison.symmetricCrossEntropy() : comparison.crossEntropy()).squared()
      }
    }
    let labels = Relation.labels(anchors: Tensor([0, 1, 7]), candidates: Tensor([1, 1, 0, 3]), excludingSelf: false)
    let pairs = IgnoredPairs(candidates: [0, 0, 1, 2], anchors: [[0, 2], [0], [2]])
    for symmetric in [false, true] {
      check(rows(3, 2), rows(4, 2), .alignedIgnoring(pairs), symmetric: symmetric)
      check(rows(3, 2), rows(5, 2), .aligned, symmetric: symmetric)
      check(rows(3, 2), rows(4, 2), labels, symmetric: symmetric)
      check(rows(4, 2), rows(4, 2), .views(2), symmetric: symmetric)
    }
  }

  @Test(arguments: [1, 3, 100])
  func aRowThatIsAnchorAndCandidateGetsBothGradients(tileSize: Int) {
    expectGradients(at: [rows(6, 2)]) { inputs in
      var comparison = Comparison(anchors: inputs[0], candidates: inputs[0], relation: .views(3), scale: 1.1)
      comparison.tileSize = tileSize
      return comparison.crossEntropy()
    }
  }

  @Test func candidatesWithoutGradientGetNone() {
    let (a, c) = (rows(3, 2).asVariable(), rows(3, 2))
    let loss = Comparison(anchors: a, candidates: c, relation: .aligned, scale: 1).crossEntropy()
    let gradients = loss.gradients(of: [a])
    #expect(gradients[0]?.shape == [3, 2])
  }

  @Test func theWayBackCanBeGoneTwice() {
    let a = rows(3, 2).asVariable()
    let loss = Comparison(anchors: a, candidates: rows(3, 2), relation: .aligned, scale: 1).crossEntropy()
    let first = loss.gradients(of: [a], keepingGraph: true)[0]!
    expectClose(loss.gradients(of: [a])[0]!, first, relative: 0, absolute: 0)
  }

  @Test(arguments: [2, 100])
  func lowTemperaturesAreStable(tileSize: Int) {
    let z = Tensor.normal([8, 16], from: source).normalized().asVariable()
    var comparison = Comparison(anchors: z, candidates: z, relation: .views(2), scale: 1000)
    comparison.tileSize = tileSize
    let loss = comparison.crossEntropy()
    let expected = naiveCrossEntropy(naiveLogits(z, z, scale: 1000)) { i, k in
      i == k ? .ignored : i % 4 == k % 4 ? .positive : .negative
    }
    expectClose(loss, [expected], relative: 1e-6)
    #expect(loss.gradients(of: [z])[0]!.isFinite().all())
  }

  @Test func reducedPrecisionIsSummedInSinglePrecision() {
    let a = Tensor.normal([6, 4], from: source).to(.bfloat16)
    let loss = { (x: Tensor) in Comparison(anchors: x, candidates: x, relation: .views(2), scale: 10).crossEntropy() }
    let exact = loss(a.to(.float32))
    let x = a.asVariable()
    #expect(loss(x).type == .float32)
    expectClose(loss(x), exact, relative: 1e-6)
    #expect(loss(x).gradients(of: [x])[0]!.type == .bfloat16)
    let y = a.to(.float32).asVariable()
    let under = withPrecision(.bfloat16) { loss(y) }
    expectClose(under, exact, relative: 1e-6)
  }

  @Test func nothingLeaksThroughTheGraph() {
    weak var handle: Tensor.Handle?
    do {
      let z = rows(4, 2).asVariable()
      handle = z.handle
      _ = Comparison(anchors: z, candidates: z, relation: .views(2), scale: 1).crossEntropy()
    }
    #expect(handle == nil)
  }
}
