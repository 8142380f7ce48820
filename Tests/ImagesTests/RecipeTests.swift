import Basics
import Images
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct RecipeTests {
  static let everything = ViewRecipe(
    name: "everything", size: ImageSize(width: 12, height: 10),
    steps: [
      RandomResizedCrop(filter: .bicubic), RandomFlip(.horizontal), RandomFlip(.vertical),
      ColorJitter(probability: 0.9, brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.2),
      RandomGrayscale(probability: 0.3), RandomBlur(method: .boxes),
      RandomBlur(method: .tenthOfHeight), RandomBlur(method: .kernel(width: 5)), RandomSolarize(), RandomPosterize(),
      RandomEqualize(), RandomAutocontrast(), RandomTurn(), RandomRotation(), RandomErasing(), Cutout(probability: 0.5),
      RandomSobel(probability: 0.2), RandomNoise(),
      RandomApply([RandomTurn(), RandomChoice([RandomFlip(), RandomSolarize()], weights: [1, 2])]),
    ])

  static let recipes = [
    everything, .simCLR(size: 32), .simCLR(size: 96), .lightlySimCLR(size: 24), .moCoV1(size: 24), .moCoV2(size: 32),
    .supContrast(size: 24), .supervised(size: 24), .light(size: 24, flips: true), .evaluation(size: 16),
    .evaluation(size: 16, proportion: 0.875),
  ]

  @Test(arguments: recipes, [(1, 1), (1, 60), (60, 1), (17, 13)])
  func viewsOfAnyImageHaveTheRecipesSize(recipe: ViewRecipe, shape: (width: Int, height: Int)) {
    let image = noise(shape.width, shape.height)
    for index in 0..<4 {
      #expect(recipe.view(of: image, seed: 1, epoch: 0, index: index, view: 0).size == recipe.size)
    }
  }

  @Test(arguments: recipes) func aRecipeIsReadBackAsItWasWritten(recipe: ViewRecipe) throws {
    let json = try JSONEncoder().encode(recipe)
    #expect(try JSONDecoder().decode(ViewRecipe.self, from: json) == recipe)
  }

  @Test(arguments: recipes) func choicesAreReadBackAndGiveTheSameBytes(recipe: ViewRecipe) throws {
    let image = gradient(19, 14)
    for view in 0..<6 {
      var stream = RandomStream(seed: 3, 2, 1, view)
      let parameters = recipe.sample(for: image.size, using: &stream)
      let read = try JSONDecoder().decode(ViewParameters.self, from: try JSONEncoder().encode(parameters))
      #expect(read == parameters)
      #expect(recipe.apply(read, to: image) == recipe.view(of: image, seed: 3, epoch: 2, index: 1, view: view))
    }
  }

  @Test func viewsDifferByEveryPartOfTheirName() {
    let image = gradient(20, 20)
    let recipe = Self.everything
    let first = recipe.view(of: image, seed: 1, epoch: 1, index: 1, view: 1)
    #expect(first == recipe.view(of: image, seed: 1, epoch: 1, index: 1, view: 1))
    #expect(first != recipe.view(of: image, seed: 2, epoch: 1, index: 1, view: 1))
    #expect(first != recipe.view(of: image, seed: 1, epoch: 2, index: 1, view: 1))
    #expect(first != recipe.view(of: image, seed: 1, epoch: 1, index: 2, view: 1))
    #expect(first != recipe.view(of: image, seed: 1, epoch: 1, index: 1, view: 2))
  }

  @Test func aChoiceCanBeSharedBetweenViews() {
    let recipe = ViewRecipe(
      name: "two steps", size: ImageSize(square: 8),
      steps: [
        RandomResizedCrop(), ColorJitter(probability: 1, brightness: 1, contrast: 1, saturation: 1, hue: 0.5),
      ])
    var stream = RandomStream(seed: 9)
    let size = ImageSize(width: 30, height: 20)
    let query = recipe.sample(for: size, using: &stream)
    var key = recipe.sample(for: size, using: &stream)
    key.steps[0] = query.steps[0]
    let image = noise(30, 20)
    let (first, second) = (recipe.apply(query, to: image), recipe.apply(key, to: image))
    #expect(first != second)
    key.steps[1] = query.steps[1]
    #expect(recipe.apply(key, to: image) == first)
  }

  @Test func grayImagesStayGrayImages() {
    let image = noise(14, 14, channels: 1)
    for index in 0..<8 {
      let view = Self.everything.view(of: image, seed: 4, epoch: 0, index: index, view: 0)
      #expect(view.channels == 1)
    }
  }

  @Test func choicesAreSaidInWords() {
    let crop = Crop(box: ImageBox(x: 3, y: 4, width: 61, height: 58), output: ImageSize(square: 32))
    let color = ColorChange(brightness: 1.204, hue: -0.08, order: [.hue, .brightness])
    let parameters = ViewParameters(
      steps: [
        crop, nil, RandomFlip.Flip(axis: .horizontal), color, RandomGrayscale.Gray(),
        RandomBlur.Blur(sigma: 1.26, kernel: .boxes),
      ])
    #expect(
      parameters.description
        == "crop 61×58 at 3,4; mirrored; hue −0.08, brightness ×1.20; gray; blur 1.3")
  }

  @Test func simCLRFollowsItsAuthors() throws {
    let small = ViewRecipe.simCLR(size: 32)
    #expect(small.steps.map(\.kind) == ["crop", "flip", "jitter", "grayscale"])
    #expect(
      small.steps[2]
        == ViewStep(ColorJitter(probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1)))
    let large = ViewRecipe.simCLR(size: 224)
    #expect(large.steps.map(\.kind) == ["crop", "flip", "jitter", "grayscale", "blur"])
    // The kernel of a 224-pixel view is 23 wide in the original: a radius of 11, of which 4σ = 8 can matter.
    let blur = try #require(large.steps[4].augmentation as? RandomBlur)
    var stream = RandomStream(seed: 0)
    var widest = 0
    for _ in 0..<200 {
      let choice = blur.sample(for: ImageSize(square: 224), output: ImageSize(square: 224), using: &stream)
      guard case .sampled(let radius)? = choice?.kernel else { continue }
      widest = max(widest, radius)
    }
    #expect(widest == 8)
  }

  @Test(arguments: [
    (#"{"kind":"flip","axis":"horizontal","probability":1.5}"#, "a probability is 0 … 1, not 1.5"),
    (
      #"{"kind":"crop","area":[0,1],"aspect":[1,1],"filter":"bilinear"}"#,
      "a box's area is above 0 and at most 1, not 0.0...1.0"
    ),
    (
      #"{"kind":"blur","probability":1,"sigma":[-1,2],"method":"boxes"}"#,
      "a blur's sigma is above 0 and at most 1000, not -1.0...2.0"
    ),
    (
      #"{"kind":"centerCrop","proportion":2,"filter":"bicubic"}"#,
      "a crop's proportion is above 0 and at most 1, not 2.0"
    ),
    (
      #"{"kind":"jitter","probability":1,"brightness":0,"contrast":0,"saturation":0,"hue":0.6}"#,
      "the strength of changes of hue is 0 … 0.5, not 0.6"
    ),
  ]) func settingsWithoutSenseAreRefused(step: String, problem: String) {
    let json = #"{"name":"x","size":{"width":8,"height":8},"steps":[\#(step)]}"#
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ViewRecipe.self, from: Data(json.utf8))
    }
    guard case .dataCorrupted(let context)? = error else { return #expect(Bool(false), "\(String(describing: error))") }
    #expect(context.debugDescription == problem)
  }
}
