import Basics
import Evaluation
import TestSupport
import Tensors
import Testing

@Suite struct GeometryTests {
  @Test func effectiveRankCountsDimensions() {
    #expect(abs(Geometry.effectiveRank(of: Tensor.identity(6)) - 6) < 1e-9)
    #expect(abs(Geometry.effectiveRank(of: Tensor.ones([50, 8])) - 1) < 1e-5)
    #expect(Geometry.effectiveRank(of: Tensor.zeros([4, 3])) == 0)
    // Singular values 3 and 1: exp(−¾·log ¾ − ¼·log ¼).
    let two = Tensor([3, 0, 0, 0, 1, 0] as [Double], shape: [2, 3])
    let expected = Double.exp(-0.75 * Double.log(0.75) - 0.25 * Double.log(0.25))
    #expect(abs(Geometry.effectiveRank(of: two) - expected) < 1e-9)
    #expect(abs(Geometry.effectiveRank(of: two.transposed()) - expected) < 1e-9)
  }

  @Test func effectiveRankAgreesWithSingularValues() {
    let z = Tensor.normal([30, 7], type: .float64, from: RandomSource(seed: 1))
    let p = z.singularValues() / z.singularValues().sum()
    #expect(abs(Geometry.effectiveRank(of: z) - (-(p * p.log()).sum()).exp().item()) < 1e-9)
  }

  @Test func alignmentIsTheSquaredDistance() {
    let x = Tensor([2, 0, 0, 1] as [Double], shape: [2, 2])
    let y = Tensor([1, 0, 5, 0] as [Double], shape: [2, 2])  // the same direction; at right angles
    #expect(abs(Geometry.alignment(x, y) - 1) < 1e-12)
    #expect(Geometry.alignment(x, x) == 0)
  }

  @Test func uniformityAgreesWithLoops() {
    let z = Tensor.normal([9, 3], type: .float64, from: RandomSource(seed: 2))
    let rows = (0..<9).map { z.normalized()[$0].values(as: Double.self) }
    var terms: [Double] = []
    for i in 0..<9 {
      for j in 0..<9 where j != i {
        terms.append(Double.exp(-2 * zip(rows[i], rows[j]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }))
      }
    }
    #expect(abs(Geometry.uniformity(of: z) - Double.log(terms.reduce(0, +) / 72)) < 1e-9)
    #expect(abs(Geometry.uniformity(of: .ones([5, 2]))) < 1e-5)
  }

  @Test func deviationIsNearOneOverTheRootOnTheSphere() {
    let z = Tensor.normal([2000, 16], from: RandomSource(seed: 3))
    #expect(abs(Geometry.meanDeviation(of: z) - 0.25) < 0.01)
    #expect(Geometry.meanDeviation(of: .ones([10, 4])) == 0)
  }
}
