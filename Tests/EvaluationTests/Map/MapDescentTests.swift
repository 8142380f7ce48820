import Basics
import Tensors
import TestSupport
import Testing

@testable import Evaluation

@Suite struct MapDescentTests {
  /// scikit-learn's probabilities, whose search stops at an entropy within 10⁻⁵ and whose distances are `float32`.
  private func golden() throws -> (goldens: Goldens, probabilities: NeighborProbabilities) {
    let goldens = try Goldens("map")
    let unit = goldens["rows"].normalized()
    let squares = unit.distances(to: unit).squared().values(as: Double.self)
    return (goldens, NeighborProbabilities(squaredDistances: squares, count: 45, perplexity: 8))
  }

  @Test func probabilitiesAreScikitLearns() throws {
    let (goldens, probabilities) = try golden()
    let expected = goldens["probabilities"].values(as: Double.self)
    for (own, other) in zip(probabilities.values, expected) { #expect(abs(own - other) < 2e-7 + 2e-4 * other) }
    #expect(abs(probabilities.values.reduce(0, +) - 1) < 1e-12)
  }

  @Test func divergenceAndGradientAreScikitLearns() throws {
    let (goldens, probabilities) = try golden()
    let places = goldens["places"].values(as: Double.self)
    let (x, y) = (
      stride(from: 0, to: 90, by: 2).map { places[$0] }, stride(from: 1, to: 90, by: 2).map { places[$0] }
    )
    let divergence = MapDescent.divergence(probabilities, x: x, y: y)
    #expect(abs(divergence - goldens["divergence"].item()) < 1e-5)
    let gradient = MapDescent.gradient(probabilities, x: x, y: y, exaggeration: 1)
    let expected = goldens["gradient"].values(as: Double.self)
    for i in 0..<45 {
      #expect(abs(gradient.x[i] - expected[2 * i]) < 1e-6)
      #expect(abs(gradient.y[i] - expected[2 * i + 1]) < 1e-6)
    }
  }

  /// Counts that no group of four divides, too.
  @Test(arguments: [3, 8, 13]) func gradientIsTheSlopeOfTheDivergence(count: Int) {
    var random = RandomStream(seed: 9, count)
    let squares = (0..<count * count).map { _ in random.uniform(in: 0.1...4) }
    let symmetric = (0..<count * count).map {
      $0 / count == $0 % count ? 0 : squares[$0] + squares[$0 % count * count + $0 / count]
    }
    let probabilities = NeighborProbabilities(squaredDistances: symmetric, count: count, perplexity: 2)
    let x = (0..<count).map { _ in random.uniform(in: -2...2) }
    let y = (0..<count).map { _ in random.uniform(in: -2...2) }
    let gradient = MapDescent.gradient(probabilities, x: x, y: y, exaggeration: 1)
    let step = 1e-5
    for i in 0..<count {
      func slope(_ dx: Double, _ dy: Double) -> Double {
        var (x, y) = (x, y)
        x[i] += dx
        y[i] += dy
        let up = MapDescent.divergence(probabilities, x: x, y: y)
        x[i] -= 2 * dx
        y[i] -= 2 * dy
        return (up - MapDescent.divergence(probabilities, x: x, y: y)) / (2 * step)
      }
      #expect(abs(gradient.x[i] - slope(step, 0)) < 1e-8)
      #expect(abs(gradient.y[i] - slope(0, step)) < 1e-8)
    }
  }

  /// The entropy of every item's neighbours is the logarithm of the perplexity: a naive sum over the definition.
  @Test func perplexityIsAsWanted() {
    let count = 30
    var random = RandomStream(seed: 2)
    // Distances of very different sizes.
    let squares = (0..<count * count).map { _ in Double.exp(random.uniform(in: -12...6)) }
    let beta = NeighborProbabilities(squaredDistances: squares, count: count, perplexity: 5)
    #expect(abs(beta.values.reduce(0, +) - 1) < 1e-12)
    for row in 0..<count {
      let others = (0..<count).filter { $0 != row }.map { squares[row * count + $0] }
      let weights = NeighborProbabilities.probabilities(of: others, entropy: .log(5))
      let entropy = weights.filter { $0 > 0 }.reduce(0) { $0 - $1 * Double.log($1) }
      #expect(abs(entropy - .log(5)) < 1e-9)
    }
  }

  @Test func itemsEquallyNearShareTheProbability() {
    let weights = NeighborProbabilities.probabilities(of: [1, 1, 1, 1, 50, 50], entropy: .log(2))
    #expect(weights.prefix(4).allSatisfy { abs($0 - 0.25) < 1e-9 } && weights.suffix(2).allSatisfy { $0 < 1e-9 })
    #expect(NeighborProbabilities.probabilities(of: [3, 3], entropy: .log(1.5)) == [0.5, 0.5])
  }
}
