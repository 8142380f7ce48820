import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct NoiseContrastiveLossTests {
  /// The definition in loops.
  private func naive(_ data: [Double], _ noise: [Double], _ logNoise: (Double) -> Double, c: Double) -> Double {
    let ratio = Double(noise.count) / Double(data.count)
    func posterior(_ u: Double) -> Double { 1 / (1 + ratio * Double.exp(-(u + c - logNoise(u)))) }
    let sum = data.reduce(0) { $0 + Double.log(posterior($1)) } + noise.reduce(0) { $0 + Double.log(1 - posterior($1)) }
    return -sum / Double(data.count)
  }

  @Test func agreesWithTheDefinition() {
    let (data, noise) = ([0.3, -1.2, 0.8], [0.1, -0.4, 2, -3, 0.7])  // ν = 5/3
    let density = { (u: Double) in -1 - 0.5 * u }
    let loss = NoiseContrastiveLoss()(
      data: Tensor(data), noise: Tensor(noise), noiseDensityOfData: Tensor(data.map(density)),
      noiseDensityOfNoise: Tensor(noise.map(density)), logNormalizer: Tensor(0.4, type: .float64))
    expectClose(loss, [naive(data, noise, density, c: 0.4)], relative: 1e-12)
  }

  @Test func agreesWithADenseLossAndLearnsTheNormalizer() throws {
    let inputs = [PeerData.first, PeerData.second, peerInput(12, 5, 0.29, 0.7), Tensor(-0.7, type: .float64)]
    func loss(_ x: [Tensor]) -> Tensor {
      let a = x[0].normalized()
      let anchors = Tensor.concatenation([a, a])
      let density = Tensor(-1.5, type: .float64)
      return NoiseContrastiveLoss()(
        data: (a * x[1].normalized()).sum(-1) * 3, noise: (anchors * x[2].normalized()).sum(-1) * 3,
        noiseDensityOfData: density, noiseDensityOfNoise: density, logNormalizer: x[3])
    }
    try expectPeer("formula.nce", inputs, loss: loss)
    expectGradients(at: inputs, of: loss)
  }

  /// The authors' theorem: where the noise covers the data, the least loss is the true density with its normaliser.
  ///
  /// Data and noise lie on a grid with exact weights of two normal distributions, so that the loss is its expectation.
  @Test func findsTheTrueNormalizer() {
    let grid = Tensor.range(-400..<401).to(.float64) * 0.02
    // Repeating points in proportion to their probability is the sample; here 20,000 draws by inversion of the quantiles.
    func quantiles(_ sigma: Double) -> [Double] {
      let points = grid.values(as: Double.self)
      let weights = points.map { Double.exp(-$0 * $0 / (2 * sigma * sigma)) }
      let total = weights.reduce(0, +)
      var (result, cumulated, place) = ([Double](), 0.0, 0)
      for k in 0..<4000 {
        while place + 1 < points.count, cumulated + weights[place] < (Double(k) + 0.5) / 4000 * total {
          cumulated += weights[place]
          place += 1
        }
        result.append(points[place])
      }
      return result
    }
    let (data, noise) = (Tensor(quantiles(1)), Tensor(quantiles(1.5)))
    let logNoise = { (u: Tensor) in -(u.squared()) / (2 * 1.5 * 1.5) - Double.log(1.5) - 0.918938533204673 }
    var c = Tensor(0, type: .float64)
    for _ in 0..<60 {
      let variable = c.asVariable()
      let loss = NoiseContrastiveLoss()(
        data: -(data.squared()) / 2, noise: -(noise.squared()) / 2, noiseDensityOfData: logNoise(data),
        noiseDensityOfNoise: logNoise(noise), logNormalizer: variable)
      c = (variable - loss.gradients(of: [variable])[0]! * 2).detached()
    }
    expectClose(c, [-0.918938533204673], relative: 0, absolute: 0.02)  // −½·ln 2π
  }

  @Test func largeLogOddsStayFinite() {
    let x = Tensor([1e4, -1e4] as [Float]).asVariable()
    let loss = NoiseContrastiveLoss()(
      data: x, noise: x, noiseDensityOfData: Tensor(0), noiseDensityOfNoise: Tensor(0))
    expectClose(loss, [1e4], relative: 1e-6)
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }
}
