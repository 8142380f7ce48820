import Layers
import Models
import Tensors
import TestSupport
import Testing

@Suite struct SmallConvNetTests {
  @Test func namesAndShapes() {
    let tree = ParameterTree(seed: 1)
    let network = SmallConvNet(tree.root / "image", .init(widths: [4, 6]))
    let norms = ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"]
    #expect(
      tree.parameters.map(\.path) == ["image.conv1.weight", "image.conv2.weight"]
        + ["bn1", "bn2"].flatMap { norm in norms.map { "image.\(norm).\($0)" } })
    #expect(tree["image.conv2.weight"]!.value.shape == [6, 4, 3, 3])
    #expect(network.featureCount == 6)
    // 3·4·9 and 4·6·9 filter weights, a scale and a shift for each of 4 + 6 channels.
    #expect(tree.parameterCount == 108 + 216 + 20)
  }

  /// 3·32 + 32·64 + 64·128 + 128·256 + 256·256 filters of 3×3, and two numbers for each of 736 channels.
  @Test func theDefaultHasAMillionParameters() {
    let tree = ParameterTree(seed: 1)
    let network = SmallConvNet(tree.root, .init())
    #expect(tree.parameterCount == 9 * (96 + 2048 + 8192 + 32_768 + 65_536) + 2 * 736)
    #expect(network(.zeros([2, 3, 32, 32]), .evaluation).shape == [2, 256])
  }

  /// The same layers one by one, from PyTorch's operations and the tree's values.
  @Test func computesWhatItSays() throws {
    let tree = ParameterTree(seed: 1)
    let network = SmallConvNet(tree.root, .init(widths: [3, 4, 5]))
    let x = Tensor.normal([2, 3, 8, 8], from: RandomSource(seed: 2))
    var y = x
    for (i, stride) in [(1, 1), (2, 2), (3, 1)] {
      y = y.convolution(tree["conv\(i).weight"]!.value, stride: stride, padding: 1)
      let mean = y.mean(0, 2, 3, keeping: true)
      y = ((y - mean) / (y.variance(0, 2, 3, keeping: true) + 1e-5).squareRoot()).relu()
    }
    #expect(y.shape == [2, 5, 4, 4])
    expectClose(network(x, .training(RandomSource(seed: 0))), y.mean(2, 3), relative: 1e-4, absolute: 1e-5)
  }

  @Test func everyParameterReceivesAGradient() throws {
    let tree = ParameterTree(seed: 1)
    let network = SmallConvNet(tree.root, .init(widths: [4, 6, 8]))
    let x = Tensor.normal([4, 3, 8, 8], from: RandomSource(seed: 2))
    let loss = network(x, .training(RandomSource(seed: 0))).power(3).sum()
    for (parameter, gradient) in zip(tree.trainable, loss.gradients(of: tree.trainable.map(\.value))) {
      #expect(try #require(gradient, "\(parameter.path)").norm().item() > 1e-4, "\(parameter.path)")
    }
  }
}
