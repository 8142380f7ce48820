import Layers
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers

@Suite struct SubwordEncoderTests {
  private func encoder(
    dropout: Double = 0, isNormalized: Bool = true
  ) -> (SubwordEncoder, ParameterTree) {
    let tree = ParameterTree(seed: 1)
    let recipe = SubwordEncoder.Recipe(
      features: SubwordFeatures(buckets: 512), width: 8, hidden: 6, output: 4, dropout: dropout,
      isNormalized: isNormalized)
    return (SubwordEncoder(tree.root / "text", recipe), tree)
  }

  @Test func namesAndShapes() {
    let (encoder, tree) = encoder()
    #expect(
      tree.parameters.map { "\($0.path) \($0.value.shape)" } == [
        "text.embedding.weight [512, 8]", "text.norm.weight [8]", "text.norm.bias [8]", "text.linear1.weight [6, 8]",
        "text.linear1.bias [6]", "text.linear2.weight [4, 6]", "text.linear2.bias [4]",
      ])
    #expect(encoder.featureCount == 4)
  }

  /// The mean taken text by text and feature by feature.
  @Test func computesWhatItSays() {
    let (encoder, tree) = encoder(isNormalized: false)
    let texts = ["blue heart", "", "cat"]
    let batch = encoder.tokenize(texts)
    let table = tree["text.embedding.weight"]!.value
    let means = texts.indices.map { text -> Tensor in
      let features = batch[text]
      let sum = features.reduce(Tensor.zeros([8])) { $0 + table[$1] }
      return features.isEmpty ? sum : sum / Double(features.count)
    }
    func linear(_ x: Tensor, _ name: String) -> Tensor {
      x.matrixProduct(tree["text.\(name).weight"]!.value.transposed()) + tree["text.\(name).bias"]!.value
    }
    let expected = linear(linear(.stack(means), "linear1").gelu(), "linear2")
    expectClose(encoder(batch, .evaluation), expected, absolute: 1e-5)
  }

  @Test func aTextDoesNotDependOnItsNeighbours() {
    let (encoder, _) = encoder()
    let alone = encoder(encoder.tokenize(["red heart"]), .evaluation)
    let among = encoder(encoder.tokenize(["", "cat", "red heart", "dog"]), .evaluation)
    expectClose(among[2], alone[0], absolute: 1e-6)
  }

  @Test func gradientsReachTheFeaturesOfTheTextsOnly() throws {
    let (encoder, tree) = encoder(dropout: 0.25)
    let batch = encoder.tokenize(["cat", "", "sleepy dog"])
    let loss = encoder(batch, .training(RandomSource(seed: 3))).power(3).sum()
    let gradients = loss.gradients(of: tree.trainable.map(\.value))
    for (parameter, gradient) in zip(tree.trainable, gradients) {
      let gradient = try #require(gradient, "\(parameter.path)")
      #expect(gradient.isFinite().all() && gradient.norm().item() > 0, "\(parameter.path)")
    }
    let touched = gradients[0]!.norm(-1).values(as: Float.self).enumerated().filter { $0.element > 0 }.map(\.offset)
    #expect(Set(touched) == Set(batch.indices))
  }

  @Test func aRecipeMakesItAgain() throws {
    let recipe = TextEncoderRecipe.subwords(.init(features: SubwordFeatures(buckets: 64, hasBigrams: true), width: 4))
    let encoder = recipe.make(ParameterTree(seed: 1).root)
    #expect(encoder.featureCount == 256)
    #expect(encoder.tokenize(["a b"]).indices.count == 3)
  }
}
