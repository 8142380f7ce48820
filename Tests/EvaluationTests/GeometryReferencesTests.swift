import Basics
import TestSupport
import Tensors
import Testing

@testable import Evaluation

@Suite struct GeometryReferencesTests {
  /// Where E exp(κt) is known otherwise: two points, a circle (a Bessel function), a ball's surface.
  @Test func leastUniformityHasClosedForms() {
    func cosh(_ x: Double) -> Double { (Double.exp(x) + Double.exp(-x)) / 2 }
    func sinh(_ x: Double) -> Double { (Double.exp(x) - Double.exp(-x)) / 2 }
    #expect(abs(Geometry.leastUniformity(dimensions: 1) - (-4 + Double.log(cosh(4)))) < 1e-12)
    // I₀(4) = 11.301921952136330, Abramowitz and Stegun, table 9.11.
    #expect(abs(Geometry.leastUniformity(dimensions: 2) - (-4 + Double.log(11.301921952136330))) < 1e-12)
    #expect(abs(Geometry.leastUniformity(dimensions: 3) - (-4 + Double.log(sinh(4) / 4))) < 1e-12)
    #expect(abs(Geometry.leastUniformity(dimensions: 1_000_000) + 4) < 1e-4)
  }

  @Test func randomDirectionsComeNearIt() {
    for d in [2, 16] {
      var stream = RandomStream(seed: 1)
      let rows = Tensor((0..<1500 * d).map { _ in stream.normal() }, shape: [1500, d])
      #expect(abs(Geometry.uniformity(of: rows) - Geometry.leastUniformity(dimensions: d)) < 0.02)
    }
  }

  @Test func classAlignmentIsThatOfAllPairs() throws {
    let rows = peerInput(11, 4, 0.37, 1.3)
    let labels = [0, 1, nil, 1, 2, 0, 1, 3, nil, 1, 2]
    let z = PlainEmbeddings(rows.to(.float64).normalized()).rows
    var (sum, pairs) = (0.0, 0.0)
    for i in z.indices {
      for j in z.indices where i != j && labels[i] != nil && labels[i] == labels[j] {
        let distance = PlainEmbeddings.distance(z[i], z[j])
        (sum, pairs) = (sum + distance * distance, pairs + 1)
      }
    }
    #expect(pairs == 2 + 12 + 2)
    let found = try #require(Geometry.classAlignment(of: rows, labels: labels))
    #expect(abs(found - sum / pairs) < 1e-12)
  }

  @Test func classAlignmentHasClosedForms() throws {
    let axes = Tensor.identity(4) * 3
    #expect(Geometry.classAlignment(of: axes, labels: [0, 0, 0, nil]) == 2)
    let pair = Tensor([3, 0, -1, 0] as [Float], shape: [2, 2])
    #expect(Geometry.classAlignment(of: pair, labels: [7, 7]) == 4)
    #expect(Geometry.classAlignment(of: pair, labels: [0, 1]) == nil)
    #expect(try #require(Geometry.classAlignment(of: .ones([5, 3]), labels: [1, 1, 1, 1, 1])) < 1e-12)
  }
}
