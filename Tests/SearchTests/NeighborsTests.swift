import Search
import TestSupport
import Tensors
import Testing

@Suite struct NeighborsTests {
  private let gallery = Tensor.normal([23, 4], from: RandomSource(seed: 1))
  private let queries = Tensor.normal([9, 4], from: RandomSource(seed: 2))

  private func naive(_ k: Int, _ score: (_ query: [Double], _ row: [Double]) -> Double) -> [[Int]] {
    func rows(_ t: Tensor) -> [[Double]] { (0..<t.shape[0]).map { t[$0].values(as: Double.self) } }
    return rows(queries).map { query in
      let scores = rows(gallery).map { score(query, $0) }
      return Array(scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(k))
    }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  @Test(arguments: [1, 23, 50, 1000])
  func agreesWithLoopsWhateverTheChunk(chunkSize: Int) {
    var cosine = Neighbors(in: gallery)
    cosine.chunkSize = chunkSize
    let expected = naive(5) { dot($0, $1) / (dot($0, $0) * dot($1, $1)).squareRoot() }
    #expect(cosine.nearest(5, of: queries).map { $0.map(\.index) } == expected)

    var euclidean = Neighbors(in: gallery, by: .euclidean)
    euclidean.chunkSize = chunkSize
    let near = naive(5) { q, r in -zip(q, r).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
    #expect(euclidean.nearest(5, of: queries).map { $0.map(\.index) } == near)
  }

  @Test(arguments: [20, 1000])
  func oneIsLeftOut(chunkSize: Int) {
    var neighbors = Neighbors(in: gallery)
    neighbors.chunkSize = chunkSize
    let all = neighbors.nearest(23, of: gallery)
    let others = neighbors.nearest(23, of: gallery, leavingOneOut: true)
    #expect(others.map { $0.count } == [Int](repeating: 22, count: 23))
    for i in 0..<23 {
      #expect(all[i].map(\.index).filter { $0 != i } == others[i].map(\.index))
    }
  }

  @Test func equalRowsComeInTheirOrder() {
    // Rows of small integers along the axes: their cosines are exact, and most are equal.
    let values = (0..<64).flatMap { i -> [Double] in i % 3 == 0 ? [1, 0] : [0, 2] }
    let rows = Tensor(values, shape: [64, 2])
    let found = Neighbors(in: rows).nearest(25, of: Tensor([1, 0] as [Double], shape: [1, 2]))[0]
    #expect(found.map(\.index) == Array(stride(from: 0, to: 64, by: 3)) + [1, 2, 4])
    #expect(found.map(\.similarity) == [Double](repeating: 1, count: 22) + [0, 0, 0])
  }

  @Test func asksForMoreThanThereIs() {
    #expect(Neighbors(in: gallery[0..<3]).nearest(10, of: queries)[0].count == 3)
    #expect(Neighbors(in: gallery[0..<1]).nearest(10, of: gallery[0..<1], leavingOneOut: true)[0].isEmpty)
  }
}
