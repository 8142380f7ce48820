import Basics
import Foundation
import Images
import Models
import Testing

@Suite struct TimmConfigurationTests {
  private func recipe(_ json: String) throws -> EmbeddingModelRecipe {
    try JSONDecoder().decode(TimmConfiguration.self, from: Data(json.utf8)).recipe(from: "config.json")
  }

  /// As timm 1.0.20 writes it with `save_for_hf`, but for fields that say where weights come from.
  @Test func readsWhatTimmWrites() throws {
    let recipe = try recipe(
      """
      {"architecture": "vit_tiny_patch16_224", "num_classes": 1000, "num_features": 192, "global_pool": "token",
       "pretrained_cfg": {"tag": "augreg_in21k_ft_in1k", "custom_load": true, "input_size": [3, 224, 224],
       "fixed_input_size": true, "interpolation": "bicubic", "crop_pct": 0.9, "crop_mode": "center",
       "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "num_classes": 1000, "pool_size": null,
       "first_conv": "patch_embed.proj", "classifier": "head"}}
      """)
    #expect(recipe.imageEncoder == .visionTransformer(.tiny(classes: 1000)))
    #expect(
      recipe.preprocessing
        == Preprocessing(
          side: 224, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5],
          crop: CenterCrop(proportion: 0.9, filter: .bicubic)))
  }

  @Test func argumentsChangeTheModel() throws {
    let recipe = try recipe(
      """
      {"architecture": "vit_small_patch16_224", "num_classes": 0, "pretrained_cfg": {"input_size": [3, 224, 224]},
       "model_args": {"img_size": 64, "patch_size": 8, "global_pool": "avg", "drop_path_rate": 0.1}}
      """)
    #expect(
      recipe.imageEncoder
        == .visionTransformer(VisionTransformer.Recipe.small(side: 64, patch: 8, pooling: .average).dropping(0.1)))
    #expect(recipe.preprocessing.mean == [0.485, 0.456, 0.406])
    #expect(recipe.preprocessing.crop == CenterCrop(proportion: 0.875, filter: .bicubic))
  }

  /// Weights for other images than the name says, as timm has them: the size of the images is that of the positions.
  @Test func positionsAreForTheImages() throws {
    let recipe = try recipe(
      #"{"architecture": "vit_base_patch16_224", "pretrained_cfg": {"input_size": [3, 384, 384], "num_classes": 5}}"#)
    #expect(recipe.imageEncoder == .visionTransformer(.base(side: 384, classes: 5)))
    #expect(recipe.preprocessing.side == 384)
  }

  /// The older form has the fields of `pretrained_cfg` on the highest level.
  @Test func readsTheOlderForm() throws {
    let recipe = try recipe(
      #"{"architecture": "resnet18", "num_classes": 10, "input_size": [3, 96, 96], "crop_pct": 1, "#
        + #""interpolation": "bilinear"}"#)
    #expect(recipe.imageEncoder == .resNet(.resNet18(classes: 10)))
    #expect(recipe.preprocessing.side == 96 && recipe.preprocessing.crop == CenterCrop())
  }

  private static let recipes: [ImageEncoderRecipe] = ImageEncoderRecipe.names.dropFirst().map {
    try! ImageEncoderRecipe(named: $0, imageSize: 224)
  }

  @Test(
    arguments: recipes + [
      .visionTransformer(VisionTransformer.Recipe.base(patch: 32, pooling: .average).dropping(0.2)),
      .convNeXt(ConvNeXt.Recipe.femto(patch: 1, classes: 7).dropping(0.1)),
    ])
  func whatIsWrittenIsReadAgain(encoder: ImageEncoderRecipe) throws {
    let model = EmbeddingModelRecipe(
      imageEncoder: encoder,
      preprocessing: Preprocessing(side: 224, mean: [0.1, 0.2, 0.3], deviation: [0.4, 0.5, 0.6]))
    let description = try #require(TimmConfiguration(model))
    let json = String(decoding: try JSONEncoder().encode(description), as: UTF8.self)
    #expect(try recipe(json) == model)
  }

  @Test func whatTimmHasNotIsNotDescribed() throws {
    func description(_ encoder: ImageEncoderRecipe) -> TimmConfiguration? {
      TimmConfiguration(EmbeddingModelRecipe(imageEncoder: encoder, preprocessing: .unit(side: 32)))
    }
    #expect(description(.small(SmallConvNet.Recipe())) == nil)
    #expect(description(.resNet(.resNet18(stem: .small))) == nil)
    #expect(description(.visionTransformer(.init(side: 32, patch: 4, width: 64, heads: 2))) == nil)
    #expect(description(.visionTransformer(.tiny(side: 64))) == nil, "positions for other images than are given")
    #expect(
      TimmConfiguration(
        EmbeddingModelRecipe(
          imageEncoder: .resNet(.resNet18()), preprocessing: .unit(side: 32),
          textEncoder: .subwords(SubwordEncoder.Recipe()), sharedSize: 8)) == nil)
  }

  @Test func whatIsNotKnownIsRefused() {
    func message(_ json: String) -> String? {
      #expect(throws: InputError.self) { _ = try recipe(json) }?.description
    }
    for name in ["swin_tiny", "vit_tiny_patch16", "vit_giant_patch14_224", "vit_tiny_patch16_230"] {
      #expect(
        message("{\"architecture\": \"\(name)\"}")
          == "config.json: is of the architecture '\(name)', which is not known here; known are resnet18, resnet34, "
          + "resnet50, vit_tiny_patch16_224, vit_small_patch16_224, vit_base_patch16_224, convnext_atto, "
          + "convnext_femto, convnext_nano, and vision transformers of other patches and sizes")
    }
    #expect(
      message(#"{"architecture": "convnext_atto", "model_args": {"use_grn": true, "depths": [1]}}"#)
        == "config.json: changes 'convnext_atto' by depths, use_grn, which is not known here")
    #expect(
      message(#"{"architecture": "resnet18", "input_size": [3, 64, 96]}"#)
        == "config.json: wants images of [3, 64, 96], which is not known here")
    #expect(
      message(#"{"architecture": "resnet18", "interpolation": "lanczos"}"#)
        == "config.json: wants the interpolation 'lanczos', which is not known here")
    #expect(
      message(#"{"architecture": "resnet18", "crop_mode": "squash"}"#)
        == "config.json: wants the crop 'squash', which is not known here")
    #expect(
      message(#"{"architecture": "resnet18", "std": [0, 1, 1]}"#)
        == "config.json: has a mean, deviation or crop that makes no sense")
  }
}
