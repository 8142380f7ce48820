import Losses
import TestSupport
import Tensors
import Testing

@Suite struct PairDistanceTests {
  private let x = peerInput(6, 5, 0.37, 1.3)
  private let y = peerInput(6, 5, 0.41, 1.1)

  /// Every distance in plain loops.
  private func naive(_ distance: PairDistance, _ x: [Double], _ y: [Double]) -> Double {
    let (u, v) = (unit(x), unit(y))
    func variance(_ a: [Double]) -> Double { a.reduce(0) { $0 + ($1 - mean(a)) * ($1 - mean(a)) } }
    return switch distance {
    case .euclidean: euclidean(x, y)
    case .normalizedEuclidean: euclidean(u, v)
    case .squaredEuclidean: euclidean(x, y) * euclidean(x, y)
    case .normalizedSquaredEuclidean: 2 - 2 * dot(u, v)
    case .manhattan: zip(x, y).reduce(0) { $0 + abs($1.0 - $1.1) }
    case .cosine: 1 - dot(u, v)
    case .signalToNoise: variance(zip(u, v).map { $0 - $1 }) / variance(u)
    }
  }

  @Test(arguments: PairDistance.allCases)
  func agreesWithTheDefinition(distance: PairDistance) {
    let expected = zip(plainRows(x), plainRows(y)).map { naive(distance, $0, $1) }
    expectClose(distance(x, y), expected, relative: 1e-12, absolute: 1e-12)
    expectGradients(at: [x[0..<2], y[0..<2]]) { (distance($0[0], $0[1]) * Tensor([1, 3] as [Double])).sum() }
  }

  @Test(arguments: PairDistance.allCases)
  func equalRowsAreAtDistanceZeroWithAFiniteGradient(distance: PairDistance) {
    let variable = x.asVariable()
    let d = distance(variable, x)
    expectClose(d, [Double](repeating: 0, count: 6), absolute: 1e-12)
    #expect(d.sum().gradients(of: [variable])[0]!.isFinite().all())
  }

  @Test(arguments: PairDistance.allCases)
  func reducedPrecisionIsMeasuredInSinglePrecision(distance: PairDistance) {
    #expect(distance(x.to(.bfloat16), y.to(.bfloat16)).type == .float32)
  }
}
