import Basics
import Foundation
import Layers
import Models
import Tensors
import Testing

@Suite struct EncoderRecipeTests {
  @Test(arguments: ImageEncoderRecipe.names) func everyNameMakesAnEncoder(name: String) throws {
    let recipe = try ImageEncoderRecipe(named: name, imageSize: 32)
    let encoder = recipe.make(ParameterTree(seed: 1).root)
    let embeddings = withoutGradient { encoder(.zeros([2, 3, 32, 32]), .evaluation) }
    #expect(embeddings.shape == [2, encoder.featureCount])
  }

  @Test func theStemFitsTheImages() throws {
    #expect(try ImageEncoderRecipe(named: "resnet18", imageSize: 64) == .resNet(.resNet18(stem: .small)))
    #expect(try ImageEncoderRecipe(named: "resnet50", imageSize: 224) == .resNet(.resNet50(stem: .imageNet)))
    #expect(try ImageEncoderRecipe(named: "vit-tiny", imageSize: 32) == .visionTransformer(.tiny(side: 32, patch: 4)))
    #expect(try ImageEncoderRecipe(named: "vit-base", imageSize: 224) == .visionTransformer(.base()))
    #expect(try ImageEncoderRecipe(named: "convnext-atto", imageSize: 32) == .convNeXt(.atto(patch: 1)))
    #expect(try ImageEncoderRecipe(named: "convnext-nano", imageSize: 224) == .convNeXt(.nano()))
  }

  @Test func whatWasChosenForTheImagesHasAReason() throws {
    func reason(_ name: String, _ size: Int) throws -> String? {
      try ImageEncoderRecipe(named: name, imageSize: size).reason(imageSize: size)
    }
    #expect(try reason("small", 32) == nil)
    #expect(try reason("resnet18", 224) == nil)
    #expect(try reason("convnext-femto", 96) == nil)
    #expect(
      try reason("resnet18", 32)
        == "a first layer of 3×3 without pooling: images of 32 pixels are too small to begin with a quarter of it")
    #expect(
      try reason("vit-tiny", 32)
        == "patches of 4 pixels, 8 × 8 of them: larger ones leave fewer than 7 × 7, or a rest")
    #expect(try reason("vit-tiny", 224) == "patches of 16 pixels, 14 × 14 of them: as usual")
    #expect(
      try reason("convnext-atto", 32)
        == "a first layer that keeps the size: after the usual quarter, 32 pixels would end as a single place")
  }

  @Test func whatCannotBeMadeIsRefused() {
    func message(_ name: String, _ size: Int) -> String? {
      #expect(throws: InputError.self) { _ = try ImageEncoderRecipe(named: name, imageSize: size) }?.description
    }
    #expect(
      message("resnet19", 32)
        == "resnet19: is no image encoder; choose one of \(ImageEncoderRecipe.names.joined(separator: ", "))")
    #expect(
      message("vit-small", 53)
        == "vit-small: images of 53 pixels cannot be cut into 7 × 7 or more patches of 2 to 16 pixels; "
        + "take a size that is a multiple of 4, from 28 on")
  }

  @Test func recipesSurviveJSON() throws {
    func roundTrip<Recipe: Codable & Equatable>(_ recipe: Recipe) throws {
      #expect(try JSONDecoder().decode(Recipe.self, from: JSONEncoder().encode(recipe)) == recipe)
    }
    try roundTrip(ImageEncoderRecipe.resNet(.resNet50(stem: .small, classes: 3)))
    try roundTrip(ImageEncoderRecipe.small(.init(widths: [8, 16])))
    try roundTrip(ImageEncoderRecipe.visionTransformer(.tiny(side: 32, patch: 4, pooling: .average)))
    try roundTrip(ImageEncoderRecipe.convNeXt(.nano(patch: 1, classes: 3)))
    try roundTrip(TextEncoderRecipe.subwords(.init(width: 32, dropout: 0.1, isNormalized: false)))
    try roundTrip(ProjectionHead.Recipe.simCLRv2)
  }
}
