import Foundation
import Layers
import Models
import Tensors
import Testing

@Suite struct EncoderRecipeTests {
  @Test(arguments: ImageEncoderRecipe.names) func everyNameMakesAnEncoder(name: String) throws {
    let recipe = try #require(ImageEncoderRecipe(named: name, imageSize: 32))
    let encoder = recipe.make(ParameterTree(seed: 1).root)
    let embeddings = withoutGradient { encoder(.zeros([2, 3, 32, 32]), .evaluation) }
    #expect(embeddings.shape == [2, encoder.featureCount])
  }

  @Test func theStemFitsTheImages() {
    #expect(ImageEncoderRecipe(named: "resnet18", imageSize: 64) == .resNet(.resNet18(stem: .small)))
    #expect(ImageEncoderRecipe(named: "resnet50", imageSize: 224) == .resNet(.resNet50(stem: .imageNet)))
    #expect(ImageEncoderRecipe(named: "resnet19", imageSize: 32) == nil)
  }

  @Test func recipesSurviveJSON() throws {
    func roundTrip<Recipe: Codable & Equatable>(_ recipe: Recipe) throws {
      #expect(try JSONDecoder().decode(Recipe.self, from: JSONEncoder().encode(recipe)) == recipe)
    }
    try roundTrip(ImageEncoderRecipe.resNet(.resNet50(stem: .small, classes: 3)))
    try roundTrip(ImageEncoderRecipe.small(.init(widths: [8, 16])))
    try roundTrip(TextEncoderRecipe.subwords(.init(width: 32, dropout: 0.1, isNormalized: false)))
    try roundTrip(ProjectionHead.Recipe.simCLRv2)
  }
}
