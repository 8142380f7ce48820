import Basics
import Images
import Layers
import Models
import TestSupport
import Tensors
import Testing

@testable import Inference

@Suite struct EmbeddingKeyTests {
  private func model(_ recipe: EmbeddingModelRecipe = .toyImages, seed: UInt64 = 1) -> TrainedModel {
    TrainedModel(untrained: recipe, seed: seed, precision: .float32)
  }

  @Test func everythingOfAnEncoderCounts() {
    let known = EmbeddingKey.encoder(model())
    #expect(EmbeddingKey.encoder(model()) == known)
    #expect(EmbeddingKey.encoder(model(seed: 2)) != known)
    var recipe = EmbeddingModelRecipe.toyImages
    recipe = EmbeddingModelRecipe(imageEncoder: recipe.imageEncoder, preprocessing: .unit(side: 9))
    #expect(EmbeddingKey.encoder(model(recipe)) != known, "the same weights, another size")
    let bfloat16 = TrainedModel(untrained: .toyImages, seed: 1, precision: .bfloat16)
    #expect(EmbeddingKey.encoder(bfloat16) != known)
    // The last bit of one number of any tensor.
    for place in model().tree.parameters.indices {
      let changed = model()
      let parameter = changed.tree.parameters[place]
      var values = parameter.value.values(as: Float.self)
      let last = values[values.count - 1]
      values[values.count - 1] = parameter.value.type.isFloatingPoint ? last.nextUp : last + 1
      parameter.value.assign(Tensor(values, shape: parameter.value.shape))
      #expect(EmbeddingKey.encoder(changed) != known, "\(parameter.path)")
    }
  }

  @Test func theUntrainedEncoderIsKnownByItsSeed() {
    let like = model()
    let known = EmbeddingKey.encoder(untrained: .toyImages, seed: 1, like: like)
    #expect(EmbeddingKey.encoder(untrained: .toyImages, seed: 1, like: model(seed: 9)) == known)
    #expect(EmbeddingKey.encoder(untrained: .toyImages, seed: 2, like: like) != known)
    #expect(EmbeddingKey.encoder(untrained: .toyImagesAndTexts, seed: 1, like: like) != known)
  }

  @Test func contentsAndViewsCount() {
    let (encoder, content) = (Digest(of: "encoder"), Digest(of: "content"))
    func key(_ view: ItemView? = nil, items: [Int] = [3, 4], side: Int? = nil) -> Digest {
      EmbeddingKey.key(encoder: encoder, content: content, items: items, view: view, scaledTo: side)
    }
    let crop = ViewRecipe(name: "v", size: ImageSize(square: 8), steps: [RandomResizedCrop()])
    let smaller = ViewRecipe(name: "v", size: ImageSize(square: 8), steps: [RandomResizedCrop(area: 0.1...1)])
    let keys = [
      key(), key(side: 8), key(ItemView(crop, seed: 1)), key(ItemView(crop, seed: 2)),
      key(ItemView(crop, seed: 1, view: 1)),
      key(ItemView(smaller, seed: 1)), key(ItemView(crop, seed: 1), items: [3, 5]),
      EmbeddingKey.key(encoder: content, content: encoder, items: [3, 4]),
      EmbeddingKey.key(encoder: encoder, content: encoder, items: [3, 4]),
    ]
    #expect(Set(keys).count == keys.count)
    #expect(key(items: [8, 9]) == key(), "without a view, numbers decide nothing")
    #expect(key(ItemView(crop, seed: 1)) == key(ItemView(crop, seed: 1)))
  }
}
