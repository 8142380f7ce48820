import Optimizers
import TestSupport
import Tensors
import Testing

@Suite struct GradientClippingTests {
  @Test func longGradientsAreCutToTheNorm() {
    let gradients = [Tensor([3] as [Double]), nil, Tensor([0, 4] as [Double])]
    let (clipped, norm) = GradientClipping.clipped(gradients, to: 2)
    expectClose(norm, [5])
    expectClose(clipped[0]!, [1.2])
    #expect(clipped[1].map { _ in true } == nil)
    expectClose(clipped[2]!, [0, 1.6])
    expectClose(gradients[0]!, [3])
  }

  @Test func shortGradientsStayAsTheyAre() {
    let (clipped, _) = GradientClipping.clipped([Tensor([3, 4] as [Double])], to: 6)
    expectClose(clipped[0]!, [3, 4], relative: 0, absolute: 0)
  }
}
