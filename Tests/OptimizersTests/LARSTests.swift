import Optimizers
import TestSupport
import Tensors
import Testing

@Suite struct LARSTests {
  // Measured: lightly 1.6.0 (equal to solo-learn with η = 0.001), and google-research/simclr with classic momentum.
  @Test(arguments: [
    (LARS.Variant.torch, [0.1, 0.1], 0.3882447607), (.torch, [0.1, 0.05], 0.3882842518),
    (.simCLR, [0.1, 0.1], 0.3882447574), (.simCLR, [0.1, 0.05], 0.3882655418),
  ])
  func agreesWithPeers(variant: LARS.Variant, rates: [Double], expected: Double) {
    let weight = peerInput(1, 5, 0.37, 1.3).copy()
    let optimizer = LARS([OptimizerGroup([weight], weightDecay: 1e-2)], variant: variant)
    for rate in rates { optimizer.step(gradients: [peerInput(1, 5, 0.23, 0.7)], rate: rate) }
    expectClose(weight.flattened()[0], [expected], relative: 0, absolute: 1e-10)
  }

  @Test(arguments: LARS.Variant.allCases)
  func aGroupThatDoesNotAdaptIsPlainMomentum(variant: LARS.Variant) {
    let (w, v) = (peerInput(2, 3, 0.37, 1.3).copy(), peerInput(2, 3, 0.37, 1.3).copy())
    let ours = LARS([OptimizerGroup([w], adaptsLayers: false)], variant: variant)
    let plain = SGD([OptimizerGroup([v])], momentum: 0.9)
    for _ in 0..<3 {
      ours.step(gradients: [peerInput(2, 3, 0.23, 0.7)], rate: 0.1)
      plain.step(gradients: [peerInput(2, 3, 0.23, 0.7)], rate: 0.1)
    }
    expectClose(w, v, relative: 1e-12)
  }

  @Test(arguments: LARS.Variant.allCases)
  func zeroWeightsAndGradientsStayFinite(variant: LARS.Variant) {
    let (a, b) = (Tensor.zeros([3]), Tensor.ones([3]))
    let optimizer = LARS([OptimizerGroup([a, b])], variant: variant)
    optimizer.step(gradients: [Tensor.ones([3]), Tensor.zeros([3])], rate: 0.1)
    expectClose(a, [-0.1, -0.1, -0.1])  // a trust ratio of 1
    expectClose(b, [1, 1, 1])
  }
}
