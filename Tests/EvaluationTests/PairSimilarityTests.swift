import Basics
import Tensors
import TestSupport
import Testing

@testable import Evaluation

@Suite struct PairSimilarityTests {
  /// Worked out by hand.
  @Test func correlationsOfSmallLists() {
    #expect(Correlation.ranks([3, 1, 2, 2, 5]) == [4, 1, 2.5, 2.5, 5])
    #expect(abs(Correlation.pearson([1, 2, 3], [2, 4, 6]) - 1) < 1e-15)
    #expect(abs(Correlation.pearson([1, 2, 3], [3, 2, 1]) + 1) < 1e-15)
    // Means 2 and 7/3: Σ = −1·−4/3 + 1·5/3 = 3; √(2 · (16/9 + 1/9 + 25/9)) = √(28/3).
    #expect(abs(Correlation.pearson([1, 2, 3], [1, 2, 4]) - 3 / (28.0 / 3).squareRoot()) < 1e-15)
    #expect(abs(Correlation.spearman([1, 2, 3], [1, 2, 400]) - 1) < 1e-15)
    // 1 − 6·Σd²/(n·(n² − 1)) without ties: d = 1, 1, 0, 0.
    #expect(abs(Correlation.spearman([1, 2, 3, 4], [20, 10, 30, 40]) - 0.8) < 1e-15)
    #expect(Correlation.pearson([1, 1], [1, 2]).isNaN)
  }

  @Test func figuresAreThoseOfPlainLoops() throws {
    let (a, b) = (peerInput(9, 4, 0.37, 1.3), peerInput(9, 4, 0.41, 1.1))
    let scores = (0..<9).map { Double(($0 * 5) % 9) }
    let (x, y) = (a.values(as: Double.self), b.values(as: Double.self))
    func rows(_ f: ([Double], [Double]) -> Double) -> [Double] {
      (0..<9).map { f(Array(x[$0 * 4..<$0 * 4 + 4]), Array(y[$0 * 4..<$0 * 4 + 4])) }
    }
    func dot(_ p: [Double], _ q: [Double]) -> Double { zip(p, q).reduce(0) { $0 + $1.0 * $1.1 } }
    let found = try PairSimilarity(a, b, scores: scores)
    let cosines = rows { p, q in
      let length = (dot(p, p) * dot(q, q)).squareRoot()
      return dot(p, q) / length
    }
    let distances = rows { p, q in
      let difference = zip(p, q).map { $0 - $1 }
      return -dot(difference, difference).squareRoot()
    }
    let expected = [(found.cosine, cosines), (found.dot, rows(dot)), (found.euclidean, distances)]
    for (figures, similarities) in expected {
      #expect(abs(figures.pearson - Correlation.pearson(similarities, scores)) < 1e-10)
      #expect(abs(figures.spearman - Correlation.spearman(similarities, scores)) < 1e-10)
    }
  }

  @Test func saysWhatCannotBeMeasured() {
    let rows = Tensor.ones([3, 2])
    #expect(throws: InputError("a correlation takes two different scores, each a number")) {
      try PairSimilarity(rows, rows, scores: [1, 1, 1])
    }
    #expect(throws: InputError.self) { try PairSimilarity(rows / 0.0 - rows / 0.0, rows, scores: [1, 2, 3]) }
  }
}
