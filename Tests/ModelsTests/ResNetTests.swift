import Layers
import Models
import Tensors
import TestSupport
import Testing

/// Residual networks against torchvision's, with what `Tests/Goldens/models.py` wrote.
@Suite struct ResNetTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let recipe: ResNet.Recipe
    let side: Int
    var testDescription: String { name }
  }

  static let cases = [ResNet.Stem.imageNet, .small].flatMap { stem in
    [
      ("resnet18", ResNet.Recipe.resNet18(stem: stem, classes: 10)),
      ("resnet34", .resNet34(stem: stem, classes: 10)),
      ("resnet50", .resNet50(stem: stem, classes: 10)),
    ].map { Case(name: "\($0.0).\(stem)", recipe: $0.1, side: stem == .small ? 16 : 64) }
  }

  @Test(arguments: cases) func namesAndShapesAreTorchvisions(of example: Case) throws {
    let goldens = try Goldens("models")
    let prefix = "\(example.name)/names/"
    let expected = goldens.names.filter { $0.hasPrefix(prefix) }.map { key in
      "\(key.dropFirst(prefix.count + "000 ".count)) \(goldens[key].values(as: Int.self))"
    }
    let tree = ParameterTree(seed: 1)
    _ = ResNet(tree.root, example.recipe)
    #expect(expected.count > 100)
    #expect(tree.parameters.map { "\($0.path) \($0.value.shape)" } == expected)
  }

  /// In `float32` the two differ by less than 10⁻⁴; the logits have a size of 0.1 to 0.5.
  @Test(arguments: cases) func outputsAreTorchvisions(of example: Case) throws {
    let tree = ParameterTree(seed: 1)
    let network = ResNet(tree.root, example.recipe)
    try tree.load(ClosedFormWeights.values(of: tree), from: "the closed form")
    let images = ClosedFormWeights.wave("images", [2, 3, example.side, example.side]).to(.float32)
    let logits = withoutGradient { network.logits(images, .evaluation) }
    expectClose(logits, try Goldens("models")["\(example.name)/logits"], relative: 0, absolute: 1e-4)
    let embeddings = withoutGradient { network(images, .evaluation) }
    #expect(embeddings.shape == [2, network.featureCount])
  }

  @Test func aTrainingStepIsTorchvisions() throws {
    let goldens = try Goldens("models")
    let tree = ParameterTree(seed: 1)
    let network = ResNet(tree.root, .resNet18(stem: .small, classes: 10))
    try tree.load(ClosedFormWeights.values(of: tree), from: "the closed form")
    let images = ClosedFormWeights.wave("images", [4, 3, 16, 16]).to(.float32)
    let logits = network.logits(images.contiguous(.channelsLast), .training(RandomSource(seed: 0)))
    let loss = logits.crossEntropy(Tensor([1, 5, 0, 9]))
    expectClose(loss, goldens["training/loss"], relative: 1e-4)
    let gradients = loss.gradients(of: tree.trainable.map(\.value))
    for (parameter, gradient) in zip(tree.trainable, gradients) {
      let norm = try #require(gradient, "\(parameter.path) does not reach the loss").norm()
      expectClose(
        norm, goldens["training/norms/\(parameter.path)"], relative: 2e-3, absolute: 1e-5, "\(parameter.path)")
    }
    for buffer in tree.parameters where buffer.role == .buffer {
      expectClose(
        buffer.value.to(.float64).sum(), goldens["training/buffers/\(buffer.path)"], relative: 1e-4, absolute: 1e-3,
        "\(buffer.path)")
    }
  }

  /// The numbers that torchvision documents for 1000 classes.
  @Test func parameterCounts() {
    func count(_ recipe: ResNet.Recipe) -> Int {
      let tree = ParameterTree(seed: 1)
      _ = ResNet(tree.root, recipe)
      return tree.parameterCount
    }
    #expect(count(.resNet18(classes: 1000)) == 11_689_512)
    #expect(count(.resNet18()) == 11_689_512 - 512 * 1000 - 1000)
    #expect(count(.resNet34(classes: 1000)) == 21_797_672)
    #expect(count(.resNet50(classes: 1000)) == 25_557_032)
  }

  @Test func logitsNeedClasses() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let network = ResNet(ParameterTree(seed: 1).root, .resNet18(stem: .small))
      _ = network.logits(.zeros([1, 3, 8, 8]), .evaluation)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("this ResNet was made without classes"))
  }
}
