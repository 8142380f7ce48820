import Images
import Layers
import Losses
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers

@testable import Methods

@Suite struct MicroBatchTests {
  private static let encoder = ImageEncoderRecipe.convNeXt(ConvNeXt.Recipe(blocks: [1, 1], widths: [4, 8], patch: 1))

  private static let recipes: [MethodRecipe] = [
    .simclr(SimCLR.Options(encoder: encoder, imageSize: 8, head: ProjectionHead.Recipe(layers: 2, output: 8))),
    .supcon(SupCon.Options(encoder: encoder, imageSize: 8, head: ProjectionHead.Recipe(layers: 2, output: 8))),
    .crossentropy(CrossEntropy.Options(encoder: encoder, classes: 2, imageSize: 8)),
    .metric(
      Metric.Options(
        encoder: encoder, size: 8, loss: LossRecipe("multisimilarity"), view: .light(size: 8), perClass: nil, classes: 2
      )),
    .clip(
      CLIP.Options(
        imageEncoder: encoder,
        textEncoder: .subwords(
          SubwordEncoder.Recipe(features: SubwordFeatures(buckets: 64), width: 8, hidden: 8, output: 8)),
        view: .light(size: 8), sharedSize: 8)),
  ]

  /// Without batch normalisation in the encoder a method's step is the same in parts as at once: value and gradients.
  @Test(arguments: recipes) func aStepInPartsIsTheStepAtOnce(recipe: MethodRecipe) throws {
    let training = ToyTraining(recipe)
    let batch = try training.batch(0)
    let weights = training.method.tree.trainable.map(\.value)
    let whole = training.method.step(batch, .toy(0))
    let cache = GradientCache(of: weights, partSize: 3)
    let parts = training.method.step(batch, .toy(0, cache: cache))
    expectClose(parts.loss.detached(), whole.loss.detached())
    expectClose(parts.embeddings, whole.embeddings, relative: 1e-4, absolute: 1e-5)
    let expected = whole.loss.gradients(of: weights)
    for (gradient, reference) in zip(parts.loss.gradients(of: weights), expected) {
      #expect((gradient == nil) == (reference == nil))
      if let gradient, let reference { expectClose(gradient, reference, relative: 1e-3, absolute: 1e-5) }
    }
    #expect(cache.forwardPasses == cache.gradientPasses && cache.forwardPasses > 1)
  }
}
