import Basics
import Datasets
import Images
import Layers
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers

@testable import Inference

extension EmbeddingModelRecipe {
  private static let encoder = ImageEncoderRecipe.small(SmallConvNet.Recipe(widths: [4, 8]))

  static let toyImages = EmbeddingModelRecipe(imageEncoder: encoder, preprocessing: .unit(side: 8))

  static let toyImagesAndTexts = EmbeddingModelRecipe(
    imageEncoder: encoder, preprocessing: .clip(side: 8),
    textEncoder: .subwords(
      SubwordEncoder.Recipe(features: SubwordFeatures(buckets: 64), width: 8, hidden: 8, output: 8)),
    sharedSize: 6)
}

@Suite struct TrainedModelTests {
  private func write(_ model: TrainedModel, to folder: String) throws {
    try TrainedModel.write(model.model.recipe, weights: model.tree.snapshot(), to: folder)
  }

  @Test(arguments: [EmbeddingModelRecipe.toyImages, .toyImagesAndTexts])
  func comesBackFromItsFolder(recipe: EmbeddingModelRecipe) throws {
    try withTemporaryFolder { folder in
      let model = TrainedModel(untrained: recipe, seed: 3, precision: .float32)
      for parameter in model.tree.parameters where parameter.role == .buffer {
        parameter.value.assign(parameter.value + 0.5)  // running statistics are part of a model
      }
      try write(model, to: "\(folder)/run/model")
      for path in ["\(folder)/run", "\(folder)/run/model"] {
        let read = try TrainedModel(contentsOf: path, precision: .float32)
        #expect(read.model.recipe == recipe)
        let (a, b) = (try model.embeddings(of: ToySource(5)), try read.embeddings(of: ToySource(5)))
        #expect(a.shape == [5, model.model.size])
        #expect(a.values(as: Float.self) == b.values(as: Float.self))
      }
    }
  }

  @Test func saysWhatIsMissing() throws {
    try withTemporaryFolder { folder in
      func message(_ path: String) -> String? {
        #expect(throws: InputError.self) { _ = try TrainedModel(contentsOf: path) }?.description
      }
      #expect(message("\(folder)/none") == "\(folder)/none: is no folder of a model; 'kindred train' makes one")
      #expect(message(folder) == "\(folder): holds no model (no config.json); 'kindred train' makes one")
      try Files.write("\(folder)/run.json", text: "{}")
      #expect(
        message(folder)
          == "\(folder): holds no model (no config.json); the run has not ended; 'kindred resume \(folder)' goes on with it"
      )

      try write(TrainedModel(untrained: .toyImages, seed: 1), to: folder)
      let weights = "\(folder)/model.safetensors"
      try Files.write(weights, bytes: Files.bytes(of: weights).dropLast(4))
      #expect(message(folder)?.hasPrefix("\(weights): ") == true)
      try write(TrainedModel(untrained: .toyImagesAndTexts, seed: 1), to: "\(folder)/other")
      try Files.write(weights, bytes: Files.bytes(of: "\(folder)/other/model.safetensors"))
      #expect(message(folder)?.hasPrefix("\(weights): does not fit the model: lacks ") == true)
      try Files.write("\(folder)/config.json", text: "{\"format\": \"kindred model\"}")
      #expect(
        message(folder)
          == "\(folder)/config.json: cannot be understood; is it from a later version of Kindred, or of a model that timm "
          + "has not?")
    }
  }
}
