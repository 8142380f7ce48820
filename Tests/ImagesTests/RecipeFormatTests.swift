import Basics
import Images
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Recipes as JSON that people write.
@Suite struct RecipeFormatTests {
  private func recipe(_ step: String) throws -> ViewRecipe {
    try JSONDecoder().decode(
      ViewRecipe.self, from: Data(#"{"name":"x","size":8,"steps":[{"kind":"flip"},\#(step)]}"#.utf8))
  }

  @Test func settingsThatAreLeftOutAreTheUsualOnes() throws {
    let steps = try recipe(#"{"kind":"blur","probability":1},{"kind":"jitter","hue":0}"#).steps
    #expect(
      steps == [
        ViewStep(RandomFlip()), ViewStep(RandomBlur(probability: 1)),
        ViewStep(ColorJitter(brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0)),
      ])
  }

  /// The usual settings of every augmentation are read back, and make sense unless there is nothing to choose among.
  @Test func everyAugmentationHasUsualSettings() throws {
    for kind in Augmentations.kinds where kind != "choice" {
      let step = try #require(try recipe(#"{"kind":"\#(kind)"}"#).steps.last)
      #expect(step.kind == kind)
      #expect(step.augmentation.problem == nil)
    }
  }

  @Test(arguments: [
    (#"{"kind":"blurr"}"#, "steps[1].kind", "blurr is no augmentation; did you mean 'blur'?"),
    (#"{"kind":"flip","probabilty":1}"#, "steps[1].probabilty", "is no setting of flip; did you mean 'probability'?"),
    (#"{"kind":"flip","speed":1}"#, "steps[1].speed", "is no setting of flip; there are axis, probability"),
    (#"{"probability":1}"#, "steps[1].kind", "is missing: it says what the step does, such as crop"),
    (#""flip""#, "steps[1]", #"is no step, which is written {"kind": …}"#),
    (#"{"kind":"flip","probability":"often"}"#, "steps[1].probability", "is not a number"),
    (#"{"kind":"posterize","bits":9}"#, "steps[1]", "bits are 1 … 8, not 9"),
    (#"{"kind":"erase","fill":"white"}"#, "steps[1].fill", #"is neither a whole number 0 … 255 nor "noise""#),
    (
      #"{"kind":"blur","method":"box"}"#, "steps[1].method",
      "is none of boxes, tenthOfHeight, and kernel with a width such as kernel23"
    ),
    (#"{"kind":"choice"}"#, "steps[1]", "options names nothing to choose among"),
    (
      #"{"kind":"choice","options":[{"kind":"flip"},{"kind":"rotate","degrees":[0,900]}]}"#, "steps[1].options[1]",
      "degrees are −360 … 360, not 0.0...900.0"
    ),
  ]) func mistakesAreNamedWithTheirPlace(step: String, place: String, problem: String) throws {
    let error = try #require(#expect(throws: DecodingError.self) { try recipe(step) })
    #expect(DecodingProblem(error).place == place)
    #expect(DecodingProblem(error).problem == problem)
  }

  @Test(arguments: [
    (#"{"name":"x","size":8}"#, "steps", "is missing"),
    (#"{"name":"x","size":0,"steps":[]}"#, "size", "an image needs at least one pixel, not 0"),
    (#"{"name":"x","size":8,"step":[]}"#, "step", "is no part of a recipe; did you mean 'steps'?"),
    (#"[]"#, "", "is no recipe, which is written {\"name\": …, \"size\": …, \"steps\": […]}"),
    (#"{"name""#, "", "is not valid JSON"),
  ]) func mistakesOfTheWholeAreNamed(json: String, place: String, problem: String) throws {
    let error = try #require(
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(ViewRecipe.self, from: Data(json.utf8)) })
    #expect(DecodingProblem(error).place == place)
    #expect(DecodingProblem(error).problem == problem)
  }

  /// An augmentation of one's own takes part in recipes, and in files once it is added.
  @Test func theSetIsOpen() throws {
    struct Invert: Augmentation {
      struct Inverted: AugmentationParameters {
        static let kind = "test-invert"
        var words: String { "inverted" }
      }
      static let kind = "test-invert"
      static let usual = Invert()
      var strength = 1.0
      var problem: String? { nil }
      func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Inverted? { Inverted() }
      func apply(_ parameters: Inverted, to image: Image) -> Image {
        var result = image
        result.solarize(from: 0)
        return result
      }
    }
    let own = ViewRecipe(name: "own", size: ImageSize(square: 5), steps: [Invert()])
    let image = noise(5, 5)
    let view = own.view(of: image, seed: 1, epoch: 0, index: 0, view: 0)
    #expect(view.pixels == image.pixels.map { 255 - $0 })
    #expect(throws: DecodingError.self) { try recipe(#"{"kind":"test-invert"}"#) }
    Augmentations.add(Invert.self)
    Augmentations.add(Invert.self)
    let json = try JSONEncoder().encode(own)
    #expect(try JSONDecoder().decode(ViewRecipe.self, from: json) == own)
    var stream = RandomStream(seed: 1)
    let choice = own.sample(for: image.size, using: &stream)
    #expect(try JSONDecoder().decode(ViewParameters.self, from: JSONEncoder().encode(choice)) == choice)
  }
}
