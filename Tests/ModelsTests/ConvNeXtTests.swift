import Layers
import Models
import Tensors
import TestSupport
import Testing

@Suite struct ConvNeXtTests {
  private static func timm(_ name: String, _ side: Int, _ recipe: ConvNeXt.Recipe) -> TimmComparison {
    TimmComparison(name, side, side) { ConvNeXt($0, recipe).logits }
  }

  static let cases = [
    timm("atto", 64, .atto(classes: 10)),
    timm("femto", 16, .femto(patch: 1, classes: 10)),
    timm("nano", 64, .nano(classes: 10)),
  ]

  @Test(arguments: cases) func namesAndShapesAreTimms(of example: TimmComparison) throws {
    try example.expectSameNames()
  }

  @Test(arguments: cases) func outputsAreTimms(of example: TimmComparison) throws {
    try example.expectSameLogits()
  }

  @Test func gradientsAreTimms() throws { try Self.cases[0].expectSameGradients() }

  @Test func parameterCountsAreTimms() throws {
    let goldens = try Goldens("encoders")
    for (name, recipe) in [
      ("atto", ConvNeXt.Recipe.atto(classes: 1000)), ("femto", .femto(classes: 1000)), ("nano", .nano(classes: 1000)),
    ] {
      let tree = ParameterTree(seed: 1)
      _ = ConvNeXt(tree.root, recipe)
      #expect(Double(tree.parameterCount) == goldens["count/convnext_\(name)"].item())
    }
  }

  @Test func patchesFitTheImages() {
    let patches = [224: 4, 64: 4, 63: 1, 32: 1]
    for (side, patch) in patches { #expect(ConvNeXt.Recipe.patch(for: side) == patch, "\(side)") }
  }

  /// How maps lie in memory decides the speed, not the result.
  @Test func takesImagesLaidOutEitherWay() {
    let network = ConvNeXt(ParameterTree(seed: 1).root, .init(blocks: [1, 1], widths: [8, 16]))
    let images = Tensor.normal([2, 3, 16, 16], from: RandomSource(seed: 2))
    let a = withoutGradient { network(images, .evaluation) }
    let b = withoutGradient { network(images.contiguous(.channelsLast), .evaluation) }
    #expect(a.shape == [2, 16])
    expectClose(a, b, relative: 1e-4, absolute: 1e-5)
  }

  /// Branches are scaled by 10⁻⁶ at first: a fresh network's blocks change next to nothing.
  @Test func beginsWithoutItsBranches() {
    func output(_ blocks: Int) -> Tensor {
      let network = ConvNeXt(ParameterTree(seed: 1).root, .init(blocks: [blocks, 1], widths: [8, 16]))
      return withoutGradient { network(.ones([1, 3, 16, 16]), .evaluation) }
    }
    expectClose(output(1), output(4), relative: 1e-3, absolute: 1e-3)
  }

  @Test func logitsNeedClasses() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let network = ConvNeXt(ParameterTree(seed: 1).root, .init(blocks: [1], widths: [8]))
      _ = network.logits(.zeros([1, 3, 8, 8]), .evaluation)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("this ConvNeXt was made without classes"))
  }
}
