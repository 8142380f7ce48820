import Basics
import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing

@testable import Inference

@Suite struct ModelConfigurationTests {
  private let encoder = ImageEncoderRecipe.convNeXt(.atto())

  private func write(_ recipe: EmbeddingModelRecipe, to folder: String) throws -> TrainedModel {
    let model = TrainedModel(untrained: recipe, seed: 3, precision: .float32)
    try TrainedModel.write(recipe, weights: model.tree.snapshot(), to: folder)
    return model
  }

  /// What we write has timm's description beside ours; with ours taken out, timm's alone gives the same embeddings.
  @Test func timmsDescriptionIsEnough() throws {
    try withTemporaryFolder { folder in
      let recipe = EmbeddingModelRecipe(imageEncoder: encoder, preprocessing: .clip(side: 32))
      let model = try write(recipe, to: folder)
      let path = "\(folder)/config.json"
      let all = try JSONSerialization.jsonObject(with: Data(Files.bytes(of: path))) as? [String: Any]
      #expect(all?["architecture"] as? String == "convnext_atto")
      let timms = try #require(all).filter { !["format", "version", "model"].contains($0.key) }
      try Files.write(path, bytes: JSONSerialization.data(withJSONObject: timms))
      for place in [folder, "\(folder)/model.safetensors"] {
        let read = try TrainedModel(contentsOf: place, precision: .float32)
        #expect(read.model.recipe == recipe)
        let (a, b) = (try model.embeddings(of: ToySource(2)), try read.embeddings(of: ToySource(2)))
        #expect(a.values(as: Float.self) == b.values(as: Float.self))
      }
    }
  }

  /// Weights with a layer of classes embed by their features.
  @Test func classesAreNotTheEmbedding() throws {
    try withTemporaryFolder { folder in
      let recipe = EmbeddingModelRecipe(imageEncoder: .convNeXt(.atto(classes: 3)), preprocessing: .unit(side: 32))
      _ = try write(recipe, to: folder)
      let read = try TrainedModel(contentsOf: folder)
      #expect(read.tree["head.fc.weight"] != nil)
      #expect(try read.embeddings(of: ToySource(2)).shape == [2, 320])
    }
  }

  /// Models written before a crop was part of the preprocessing cut as little as possible.
  @Test func anOlderFileIsRead() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/config.json"
      try Files.write(
        path,
        text: """
          {"format": "kindred model", "version": 1, "model": {"imageEncoder": {"small": {"_0": {"widths": [4, 8]}}},
          "preprocessing": {"side": 8, "mean": [0, 0, 0], "deviation": [1, 1, 1]}}}
          """)
      #expect(
        try ModelConfiguration.recipe(at: path)
          == EmbeddingModelRecipe(imageEncoder: .small(.init(widths: [4, 8])), preprocessing: .unit(side: 8)))
    }
  }

  @Test func saysWhatItDoesNotKnow() throws {
    try withTemporaryFolder { folder in
      func message(_ json: String) throws -> String? {
        try Files.write("\(folder)/config.json", text: json)
        return #expect(throws: InputError.self) { _ = try TrainedModel(contentsOf: folder) }?.description
      }
      #expect(
        try message("{\"model_type\": \"vit\"}")
          == "\(folder)/config.json: cannot be understood; is it from a later version of Kindred, or of a model that timm "
          + "has not?")
      #expect(
        try message("{\"architecture\": \"vgg16\"}")?.hasPrefix(
          "\(folder)/config.json: is of the architecture 'vgg16', which is not known here") == true)
      try Files.makeFolder("\(folder)/alone")
      try Files.write("\(folder)/alone/weights.safetensors", text: "")
      let alone = #expect(throws: InputError.self) {
        _ = try TrainedModel(contentsOf: "\(folder)/alone/weights.safetensors")
      }
      #expect(
        alone?.description
          == "\(folder)/alone/weights.safetensors: has no config.json beside it, which says what model the weights are for"
      )
    }
  }
}
