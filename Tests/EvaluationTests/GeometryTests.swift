import Basics
import Evaluation
import TestSupport
import Tensors
import Testing

@Suite struct GeometryTests {
  private let first = peerInput(9, 4, 0.37, 1.3)
  private let second = peerInput(9, 4, 0.41, 1.1)

  // Rows that are multiples of the axes: the singular values are the lengths of those rows.
  @Test func effectiveRankIsTheEntropyOfTheSingularValues() {
    let weights = [4.0, 3, 2, 1]
    let diagonal = Tensor.identity(4, type: .float64) * Tensor(weights).unsqueezed(1)
    let entropy = -weights.map { $0 / 10 * Double.log($0 / 10) }.reduce(0, +)
    #expect(abs(Geometry.effectiveRank(of: diagonal) - Double.exp(entropy)) < 1e-12)
    #expect(abs(Geometry.effectiveRank(of: .identity(7)) - 7) < 1e-5)
  }

  @Test func collapsedEmbeddingsHaveRankOne() {
    let row = Tensor([0.3, -1, 2] as [Float], shape: [1, 3]).expanded(to: [600, 3])
    #expect(abs(Geometry.effectiveRank(of: row) - 1) < 1e-5)
    #expect(Geometry.meanDeviation(of: row) < 1e-7)
    #expect(abs(Geometry.uniformity(of: row)) < 1e-9)
    #expect(Geometry.effectiveRank(of: .zeros([5, 3])) == 0)
    #expect(Geometry.effectiveRank(of: .zeros([0, 3])) == 0)
  }

  @Test func manyRowsAreSampledAtEvenDistances() {
    // Of 1024 rows every second is taken: those along one axis.
    let x = twoAxes(1024)
    #expect(abs(Geometry.effectiveRank(of: x) - 1) < 1e-9)
    #expect(abs(Geometry.effectiveRank(of: x[0..<512]) - 2) < 1e-9)
  }

  @Test func agreesWithPlainLoops() {
    let x = unit(first), y = unit(second)
    let distances = zip(x, y).map { PlainEmbeddings.distance($0, $1) }
    let alignment = distances.reduce(0) { $0 + $1 * $1 } / 9
    #expect(abs(Geometry.alignment(first, second) - alignment) < 1e-12)

    let pairs = x.indices.flatMap { i in x.indices.filter { $0 != i }.map { PlainEmbeddings.distance(x[i], x[$0]) } }
    let potentials = pairs.map { Double.exp(-2 * $0 * $0) }
    let uniformity = Double.log(potentials.reduce(0, +) / Double(pairs.count))
    #expect(abs(Geometry.uniformity(of: first) - uniformity) < 1e-12)

    let deviations = (0..<4).map { d in
      let column = x.map { $0[d] }
      let mean = column.reduce(0, +) / 9
      let squares = column.map { ($0 - mean) * ($0 - mean) }
      return (squares.reduce(0, +) / 9).squareRoot()
    }
    #expect(abs(Geometry.meanDeviation(of: first) - deviations.reduce(0, +) / 4) < 1e-12)
  }

  // Opposite pairs lie 2 apart: all weight of the mean is on exp(−8) where there are only two rows.
  @Test func extremesHaveClosedForms() {
    let pair = Tensor([3, 0, -1, 0] as [Float], shape: [2, 2])
    #expect(abs(Geometry.uniformity(of: pair) + 8) < 1e-12)
    #expect(Geometry.alignment(pair, pair) == 0)
    #expect(Geometry.alignment(pair, -pair) == 4)
    #expect(abs(Geometry.meanDeviation(of: pair) - 0.5) < 1e-12)
    #expect(Geometry.uniformity(of: pair[0..<1]).isNaN)
  }

  @Test func blocksOfRowsAddUp() {
    // 600 unit rows on two axes in turn: of 600·599 pairs, 600·299 are equal and 600·300 at a squared distance of 2.
    let expected = Double.log((299 + 300 * Double.exp(-4)) / 599)
    #expect(abs(Geometry.uniformity(of: twoAxes(600)) - expected) < 1e-12)
  }

  @Test func brokenEmbeddingsGiveNaN() {
    for value in [Float.nan, .infinity] {
      let broken = Tensor([1, 2, value, 4] as [Float], shape: [2, 2])
      #expect(Geometry.effectiveRank(of: broken).isNaN)
      #expect(Geometry.uniformity(of: broken).isNaN)
      #expect(Geometry.meanDeviation(of: broken).isNaN)
      #expect(Geometry.alignment(broken, broken).isNaN)
    }
  }

  /// Unit rows along one axis and the other in turn.
  private func twoAxes(_ n: Int) -> Tensor {
    Tensor.identity(2, type: .float64).items(at: (0..<n).map { $0 % 2 })
  }

  private func unit(_ x: Tensor) -> [[Double]] {
    PlainEmbeddings(x).rows.map { row in
      let length = PlainEmbeddings.product(row, row).squareRoot()
      return row.map { $0 / length }
    }
  }
}
