import TestSupport
import Tensors
import Testing

@testable import Layers

@Suite struct DenseConvolutionTests {
  struct Case: Hashable, Sendable, CustomTestStringConvertible {
    let height, width, taps, stride, padding: Int
    var testDescription: String { "\(height)×\(width), \(taps)×\(taps), stride \(stride), padding \(padding)" }
  }

  static let all = (1...4).flatMap { height in
    (1...4).flatMap { width in
      [(1, 1, 0), (2, 2, 0), (3, 1, 1), (3, 2, 1), (3, 1, 0), (4, 4, 0), (5, 1, 2), (5, 2, 2), (7, 2, 3)].map {
        Case(height: height, width: width, taps: $0.0, stride: $0.1, padding: $0.2)
      }
    }
  }

  private func dense(_ given: Case) -> DenseConvolution? {
    DenseConvolution(
      size: (given.height, given.width), taps: given.taps, stride: given.stride, padding: given.padding)
  }

  /// libtorch's own convolution is the oracle, value and gradients.
  @Test(arguments: all) func agreesWithTheConvolution(given: Case) throws {
    guard let dense = dense(given) else { return }
    let source = RandomSource(seed: 5)
    let x = Tensor.normal([3, 2, given.height, given.width], type: .float64, from: source).contiguous(.channelsLast)
      .asVariable()
    let weight = Tensor.normal([4, 2, given.taps, given.taps], type: .float64, from: source).asVariable()
    let expected = x.convolution(weight, stride: given.stride, padding: given.padding)
    let y = dense(x, weight)
    try #require(y.shape == expected.shape)
    expectClose(y, expected, relative: 1e-12, absolute: 1e-12)
    let seed = Tensor.normal(y.shape, type: .float64, from: source)
    let gradients = y.gradients(of: [x, weight], seed: seed)
    for (gradient, other) in zip(gradients, expected.gradients(of: [x, weight], seed: seed)) {
      expectClose(try #require(gradient), try #require(other), relative: 1e-12, absolute: 1e-12)
    }
  }

  @Test func isThereWhereEveryOutputSeesEveryInput() {
    func isThere(_ height: Int, _ width: Int, _ taps: Int, _ stride: Int, _ padding: Int) -> Bool {
      dense(Case(height: height, width: width, taps: taps, stride: stride, padding: padding)) != nil
    }
    #expect(isThere(1, 1, 3, 1, 1) && isThere(2, 2, 3, 1, 1) && isThere(2, 2, 3, 2, 1) && isThere(1, 2, 3, 1, 1))
    #expect(isThere(1, 1, 1, 1, 0) && isThere(4, 4, 4, 4, 0))
    #expect(!isThere(3, 3, 3, 1, 1), "corners do not see each other")
    #expect(!isThere(3, 3, 3, 2, 1) && !isThere(2, 2, 1, 1, 0) && !isThere(2, 2, 1, 2, 0))
    #expect(!isThere(4, 4, 7, 1, 3), "the matrix would have 256 blocks, the filters have 49")
    #expect(!isThere(1, 1, 3, 1, 0), "there is no output")
  }

  /// The layer takes this way by itself, with its bias and in reduced precision.
  @Test func theLayerAgreesWithTheConvolution() {
    let tree = ParameterTree(seed: 1)
    let layer = Convolution(tree.root / "conv", from: 8, to: 6, size: 3, bias: true)
    let x = Tensor.normal([4, 8, 2, 2], from: RandomSource(seed: 2)).contiguous(.channelsLast)
    let expected = { x.convolution(layer.weight.value, bias: layer.bias!.value, padding: 1) }
    expectClose(layer(x), expected(), relative: 1e-5, absolute: 1e-5)
    let reduced = withPrecision(.bfloat16) { layer(x) }
    #expect(reduced.type == .bfloat16)
    expectClose(reduced.to(.float32), expected(), relative: 0.02, absolute: 0.02)
  }
}
