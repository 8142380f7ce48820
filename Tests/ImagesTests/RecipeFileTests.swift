import Basics
import Images
import TestSupport
import Testing

/// Recipes by name and in files.
@Suite struct RecipeFileTests {
  @Test(arguments: ViewRecipe.names) func everyNameIsARecipeThatIsReadBack(name: String) throws {
    let recipe = try ViewRecipe.open(name) { 48 }
    #expect(recipe.size == ImageSize(square: 48))
    try withTemporaryFolder { folder in
      let path = "\(folder)/mine.json"
      try Files.write(path, bytes: Array(try recipe.json().utf8))
      #expect(try ViewRecipe.open(path) { 7 } == recipe, "a file says its size itself")
      #expect(try ViewRecipe.open(path, size: 20) { 7 } == recipe.resized(to: 20))
    }
  }

  /// Parameters as they stand in the originals' code; see the sources in `ViewRecipe+Presets.swift`.
  @Test func recipesHaveTheParametersOfTheirAuthors() throws {
    func jitter(_ p: Double, _ b: Double, _ c: Double, _ s: Double, _ h: Double) -> ColorJitter {
      ColorJitter(probability: p, brightness: b, contrast: c, saturation: s, hue: h)
    }
    let aspect = 3 / 4.0...4 / 3.0
    let blur = RandomBlur(probability: 0.5, sigma: 0.1...2, method: .boxes)
    let gray = RandomGrayscale(probability: 0.2)
    let flip = RandomFlip(.horizontal, probability: 0.5)
    func crop(_ least: Double, _ filter: ResizeFilter) -> RandomResizedCrop {
      RandomResizedCrop(area: least...1, aspect: aspect, filter: filter)
    }
    let published: [(String, [any Augmentation])] = [
      ("simclr-small", [crop(0.08, .bicubic), flip, jitter(0.8, 0.4, 0.4, 0.4, 0.1), gray]),
      (
        "simclr-large",
        [
          crop(0.08, .bicubic), flip, jitter(0.8, 0.8, 0.8, 0.8, 0.2), gray,
          RandomBlur(probability: 0.5, sigma: 0.1...2, method: .tenthOfHeight),
        ]
      ),
      ("lightly-simclr", [crop(0.08, .bilinear), flip, jitter(0.8, 0.8, 0.8, 0.8, 0.2), gray, blur]),
      ("moco-v1", [crop(0.2, .bilinear), gray, jitter(1, 0.4, 0.4, 0.4, 0.4), flip]),
      ("moco-v2", [crop(0.2, .bilinear), jitter(0.8, 0.4, 0.4, 0.4, 0.1), gray, blur, flip]),
      ("supcontrast", [crop(0.2, .bilinear), flip, jitter(0.8, 0.4, 0.4, 0.4, 0.1), gray]),
      ("supervised", [crop(0.08, .bilinear), flip]),
    ]
    for (name, steps) in published {
      #expect(try ViewRecipe.open(name) { 96 }.steps == steps.map { ViewStep($0) }, "\(name)")
    }
    #expect(try ViewRecipe.open("simclr") { 64 } == .simCLRSmall(size: 64))
    #expect(try ViewRecipe.open("simclr") { 65 } == .simCLRLarge(size: 65))
  }

  @Test func aFileHasAStepALine() throws {
    let recipe = ViewRecipe(
      name: "mine \"1\"", size: ImageSize(width: 12, height: 8),
      steps: [
        RandomResizedCrop(area: 0.25...1, aspect: 0.5...2), RandomBlur(method: .kernel(width: 7)),
        RandomChoice([RandomFlip(.vertical), RandomErasing(fill: .noise)], weights: [1, 2.5]),
      ])
    #expect(
      try recipe.json() == #"""
        {
          "name": "mine \"1\"",
          "size": {"height": 8, "width": 12},
          "steps": [
            {"kind": "crop", "area": [0.25, 1], "aspect": [0.5, 2], "filter": "bilinear"},
            {"kind": "blur", "method": "kernel7", "probability": 0.5, "sigma": [0.1, 2]},
            {
              "kind": "choice",
              "options": [
                {"kind": "flip", "axis": "vertical", "probability": 0.5},
                {"kind": "erase", "area": [0.02, 0.33], "aspect": [0.3, 3.3], "fill": "noise", "probability": 0.5}
              ],
              "weights": [1, 2.5]
            }
          ]
        }

        """#)
  }

  @Test(arguments: [
    (
      #"{"name":"x","size":8,"steps":[{"kind":"flip","probabilty":1}]}"#,
      "steps[0].probabilty is no setting of flip; did you mean 'probability'?"
    ),
    (
      #"{"name":"x","size":8,"steps":[{"kind":"flip","probability":3}]}"#,
      "steps[0]: a probability is 0 … 1, not 3.0; \(remedy)"
    ),
    (#"{"name":"x","size":8,"steps":{}}"#, "steps is not a list in […]; \(remedy)"),
    ("", "is not valid JSON; \(remedy)"),
  ]) func mistakesAreOneLine(json: String, problem: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/mine.json"
      try Files.write(path, bytes: Array(json.utf8))
      let error = #expect(throws: InputError.self) { try ViewRecipe.read(path) }
      #expect(error?.description == "\(path): \(problem)")
    }
  }

  private static let remedy = "'kindred data recipe simclr' prints one that is right"

  @Test func unknownNamesAreCorrected() {
    let error = #expect(throws: InputError.self) { try ViewRecipe.open("simlcr") { 8 } }
    #expect(error?.description == "simlcr: is neither the name of a recipe nor a file; did you mean 'simclr'?")
  }
}
