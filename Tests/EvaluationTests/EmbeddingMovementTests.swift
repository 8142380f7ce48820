import Basics
import Tensors
import Testing

@testable import Evaluation

@Suite struct EmbeddingMovementTests {
  /// Rows around a common direction, some of them far from it, and the same with noise.
  private static func embeddings(_ count: Int) -> (images: Tensor, changed: Tensor) {
    var stream = RandomStream(seed: 3)
    var (images, changed): ([Double], [Double]) = ([], [])
    for row in 0..<count {
      let spread = row % 5 == 0 ? 3.0 : 1
      for column in 0..<6 {
        let value = (column == 0 ? 2 : 0) + spread * stream.normal()
        images.append(value)
        changed.append(1.5 * value + 0.4 * stream.normal())
      }
    }
    return (Tensor(images, shape: [count, 6]), Tensor(changed, shape: [count, 6]))
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  @Test func isTheQuotientOfMeanDistances() throws {
    let (images, changed) = Self.embeddings(17)
    let (z, other) = (PlainEmbeddings(images).rows, PlainEmbeddings(changed).rows)
    var (moved, apart) = (0.0, 0.0)
    for i in z.indices {
      moved += (1 - PlainEmbeddings.cosine(z[i], other[i])) / 17
      for j in z.indices where j != i { apart += (1 - PlainEmbeddings.cosine(z[i], z[j])) / (17 * 16) }
    }
    let movement = EmbeddingMovement(of: images)
    #expect(abs(movement.meanDistance - apart) < 1e-12)
    #expect(abs(Self.mean(try #require(movement.figures(for: changed))) - moved / apart) < 1e-12)
  }

  /// At right angles any other image is at distance 1; the opposite is at 2; and lengths do not matter.
  @Test func closedForms() throws {
    let axes = Tensor((0..<25).map { $0 % 6 == 0 ? 3.0 : 0 }, shape: [5, 5])
    let movement = EmbeddingMovement(of: axes)
    #expect(movement.meanDistance == 1)
    #expect(movement.figures(for: axes * 7) == [0, 0, 0, 0, 0])
    #expect(movement.figures(for: axes.items(at: [1, 2, 3, 4, 0])) == [1, 1, 1, 1, 1])
    #expect(movement.figures(for: axes * -1) == [2, 2, 2, 2, 2])
  }

  /// The interval is that of items drawn again with the quotient computed anew from all pairs of different items.
  @Test func theIntervalKnowsThatDistancesVaryToo() throws {
    let images = Self.embeddings(40).images
    let z = PlainEmbeddings(images).rows
    // Pairs of coordinates turned by about half a right angle: every image moves about as far.
    var stream = RandomStream(seed: 8)
    let other = z.map { row in
      let angle = 0.8 + 0.05 * stream.normal()
      return row.indices.map { i in
        Double.cos(angle) * row[i] + (i % 2 == 0 ? -1 : 1) * Double.sin(angle) * row[i ^ 1]
      }
    }
    let changed = Tensor(other.flatMap { $0 }, shape: [40, 6])
    let moved = z.indices.map { 1 - PlainEmbeddings.cosine(z[$0], other[$0]) }
    let apart = z.map { a in z.map { 1 - PlainEmbeddings.cosine(a, $0) } }
    let bootstrap = Bootstrap(resamples: 500)
    let expected = bootstrap.interval(of: 40) { items in
      var (sum, pairs) = (0.0, 0.0)
      for i in items { for j in items where i != j { (sum, pairs) = (sum + apart[i][j], pairs + 1) } }
      return items.reduce(0) { $0 + moved[$1] } / 40 / (sum / pairs)
    }
    let movement = EmbeddingMovement(of: images)
    let figures = try #require(movement.figures(for: changed))
    let found = bootstrap.interval(ofMean: figures)
    let width = expected.upperBound - expected.lowerBound
    // To first order: what is left is the skewness of a quotient of 40 images.
    #expect(abs(found.lowerBound - expected.lowerBound) < 0.2 * width)
    #expect(abs(found.upperBound - expected.upperBound) < 0.2 * width)
    // With distances held fixed it would have been far narrower.
    let fixed = bootstrap.interval(ofMean: moved.map { $0 / movement.meanDistance })
    #expect((fixed.upperBound - fixed.lowerBound) / width < 0.6)
  }

  @Test func whereAllImagesAreOneNothingCanBeSaid() {
    let point = Tensor([Float](repeating: 0.37, count: 12), shape: [4, 3])
    #expect(EmbeddingMovement(of: point).figures(for: point * -1) == nil)
    // Rows of zeros have no direction: they are at distance 1 from all, themselves included.
    let zeros = EmbeddingMovement(of: Tensor.zeros([3, 4]))
    #expect(zeros.meanDistance == 1)
    #expect(zeros.figures(for: Tensor.zeros([3, 4])) == [1, 1, 1])
  }

  @Test func notFiniteNumbersComeToNoFigure() {
    let broken = Tensor([.nan, 1, 0, 1], shape: [2, 2])
    #expect(EmbeddingMovement(of: broken).meanDistance.isNaN)
    #expect(EmbeddingMovement(of: broken).figures(for: broken) == nil)
  }
}
