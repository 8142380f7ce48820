import TestSupport
import Tensors
import Testing

@Suite struct GradientsTests {
  @Test func gradientsAgreeWithDifferences() {
    let source = RandomSource(seed: 1)
    let x = Tensor.normal([3, 4], type: .float64, from: source)
    let w = Tensor.normal([2, 4], type: .float64, from: source)
    expectGradients(at: [x, w]) { ($0[0].linear($0[1]).tanh() * $0[0].linear($0[1])).logSumExp() }
    expectGradients(at: [x]) { $0[0].normalized().softmax(along: 1).log().sum(0).squared().sum() }
  }

  @Test func aCustomGradientIsUsed() {
    let x = Tensor([1, 2, 3] as [Double]).asVariable()
    let y = withCustomGradient(of: [x]) {
      let cubes = x.power(3)
      return ([cubes], { [$0[0]! * x * x * 3] })
    }[0]
    expectClose(y, [1, 8, 27])
    expectClose((y * 2.0).sum().gradients(of: [x])[0]!, [6, 24, 54])
    expectGradients(at: [Tensor([0.5, -2] as [Double])]) { inputs in
      withCustomGradient(of: inputs) {
        ([inputs[0].power(3)], { [$0[0]! * inputs[0].squared() * 3] })
      }[0].sin().sum()
    }
  }

  @Test func unusedInputsAndOutputsHaveNoGradient() {
    let a = Tensor([1] as [Double]).asVariable()
    let b = Tensor([2] as [Double]).asVariable()
    let outputs = withCustomGradient(of: [a, b]) {
      ([a * 2.0, b * 3.0], { gradients in [gradients[0].map { $0 * 2.0 }, gradients[1].map { $0 * 3.0 }] })
    }
    let gradients = outputs[1].sum().gradients(of: [a, b])
    #expect(gradients[0].map { _ in true } == nil)
    expectClose(gradients[1]!, [3])
  }

  @Test func nothingIsRecordedWithoutGradient() {
    let x = Tensor([1, 2] as [Float]).asVariable()
    #expect((x * 2.0).requiresGradient)
    #expect(!withoutGradient { x * 2.0 }.requiresGradient)
    #expect(withoutGradient { withGradient { x * 2.0 } }.requiresGradient)
    #expect(!x.detached().requiresGradient)
  }

  @Test func reducedPrecisionIsScoped() {
    let x = Tensor.ones([4, 4])
    #expect(withPrecision(.bfloat16) { x.matrixProduct(x) }.type == .bfloat16)
    #expect(withPrecision(.bfloat16) { withPrecision(.float32) { x.matrixProduct(x) } }.type == .float32)
    #expect(x.matrixProduct(x).type == .float32)
  }
}
