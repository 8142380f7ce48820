import Layers
import Models
import Tensors
import TestSupport
import Testing

@Suite struct VisionTransformerTests {
  private static func timm(
    _ name: String, _ height: Int, _ width: Int, _ recipe: VisionTransformer.Recipe
  ) -> TimmComparison {
    TimmComparison(name, height, width) { VisionTransformer($0, recipe).logits }
  }

  static let cases = [
    timm("tiny", 64, 64, .tiny(side: 64, classes: 10)),
    timm("small", 32, 32, .small(side: 32, patch: 8, classes: 10)),
    timm("base", 32, 32, .base(side: 32, classes: 10)),
    timm("average", 32, 32, .tiny(side: 32, patch: 4, pooling: .average, classes: 10)),
    // Images of another size than the positions are for.
    timm("enlarged", 24, 40, .tiny(side: 16, patch: 4, classes: 10)),
    timm("reduced", 12, 20, .tiny(side: 72, patch: 4, classes: 10)),
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
      ("tiny", VisionTransformer.Recipe.tiny(classes: 1000)), ("small", .small(classes: 1000)),
      ("base", .base(classes: 1000)),
    ] {
      let tree = ParameterTree(seed: 1)
      _ = VisionTransformer(tree.root, recipe)
      #expect(Double(tree.parameterCount) == goldens["count/vit_\(name)_patch16_224"].item())
    }
  }

  /// At least 7 × 7 patches of at most 16 pixels without a rest.
  @Test func patchesFitTheImages() {
    let patches = [224: 16, 112: 16, 96: 12, 64: 8, 32: 4, 28: 4, 50: 5, 14: 2, 53: nil, 12: nil]
    for (side, patch) in patches { #expect(VisionTransformer.Recipe.patch(for: side) == patch, "\(side)") }
  }

  @Test func queryKeyAndValueTakeAdaptersOfTheirOwn() {
    let tree = ParameterTree(seed: 1)
    _ = VisionTransformer(tree.root, .init(side: 8, patch: 4, width: 8, depth: 1, heads: 2))
    #expect(
      tree.linearSlots.map(\.path)
        == ["attn.q", "attn.k", "attn.v", "attn.proj", "mlp.fc1", "mlp.fc2"].map { "blocks.0.\($0)" })
  }

  /// What every token adds does not depend on its place unless its position says so.
  @Test func positionsTellPlaces() {
    let tree = ParameterTree(seed: 1)
    let network = VisionTransformer(
      tree.root, .init(side: 8, patch: 4, width: 8, depth: 2, heads: 2, pooling: .average))
    let images = Tensor.normal([2, 3, 8, 8], from: RandomSource(seed: 2))
    let turned = images.rolled(4, along: 2)  // exchanges the upper patches with the lower
    func difference() -> Double {
      withoutGradient { (network(images, .evaluation) - network(turned, .evaluation)).magnitude().max().item() }
    }
    tree["pos_embed"]!.value.assign(.normal([1, 5, 8], from: RandomSource(seed: 3)))
    #expect(difference() > 1e-3)
    tree["pos_embed"]!.value.assign(.zeros([1, 5, 8]))
    #expect(difference() < 1e-5)
  }

  @Test func droppedPathsChangeTrainingOnly() {
    func output(dropPath: Double, _ mode: Mode) -> [Float] {
      let tree = ParameterTree(seed: 1)
      let recipe = VisionTransformer.Recipe(side: 8, patch: 4, width: 8, depth: 4, heads: 2, dropPath: dropPath)
      let network = VisionTransformer(tree.root, recipe)
      return withoutGradient { network(.ones([8, 3, 8, 8]), mode).values(as: Float.self) }
    }
    #expect(output(dropPath: 0.5, .evaluation) == output(dropPath: 0, .evaluation))
    #expect(output(dropPath: 0, .training(RandomSource(seed: 1))) == output(dropPath: 0, .evaluation))
    let rows = output(dropPath: 0.5, .training(RandomSource(seed: 1)))
    #expect(
      Set(stride(from: 0, to: 64, by: 8).map { Array(rows[$0..<$0 + 8]) }).count > 1, "images differ in their paths")
  }

  @Test func imagesThatLeaveARestTrap() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let network = VisionTransformer(ParameterTree(seed: 1).root, .init(side: 8, patch: 4, width: 8, heads: 2))
      _ = network(.zeros([1, 3, 8, 10]), .evaluation)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("images of 8 × 10 pixels cannot be cut into patches of 4"))
  }

  @Test func logitsNeedClasses() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let network = VisionTransformer(ParameterTree(seed: 1).root, .init(side: 8, patch: 4, width: 8, heads: 2))
      _ = network.logits(.zeros([1, 3, 8, 8]), .evaluation)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("this vision transformer was made without classes"))
  }
}
