import Basics
import Images
import Tensors
import TestSupport
import Testing

@testable import Views

/// Batches of views beside the views that `ViewRecipe.apply` makes one by one, from the same θ.
@Suite struct BatchedViewsTests {
  /// An image that changes slowly, with noise: no two values of any histogram are alike for long.
  private static func photo(_ number: Int, _ width: Int, _ height: Int) -> Image {
    var random = RandomStream(seed: 17, number)
    let waves = (0..<9).map { _ in random.uniform(in: 0.05...0.3) }
    let pixels = (0..<width * height * 3).map { i -> UInt8 in
      let (x, y, c) = (Double(i / 3 % width), Double(i / 3 / width), i % 3)
      let value = 127 + 100 * Double.sin(waves[c] * x + waves[c + 3] * y + 20 * waves[c + 6]) + 8 * random.normal()
      return UInt8(min(max(value, 0), 255))
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  /// How far batched views are from single ones: the mean of every view, and the worst of them.
  private func difference(
    _ recipe: ViewRecipe, _ images: [Image], round: Int = 0
  ) throws -> (mean: Double, largest: Double, changed: Int) {
    let choices = images.enumerated().map { number, image in
      recipe.parameters(number, of: image, round: round)
    }
    let single = zip(images, choices).map { recipe.apply($1, to: $0).color() }
    let batch = BatchedViews(recipe)(images, choices)
    #expect(batch.shape == [images.count, 3, recipe.size.height, recipe.size.width])
    let expected = Tensor(images: single)
    let difference = (batch - expected).magnitude()
    let worst = difference.mean(1, 2, 3).max().item()
    let changed = choices.count { $0.steps.contains { $0 != nil } }
    return (worst, difference.max().item(), changed)
  }

  private static let sameSize = (0..<6).map { photo($0, 20, 20) }
  private static let manySizes = [(31, 20), (20, 31), (24, 24), (31, 20), (9, 40), (50, 12)].enumerated().map {
    photo($0.offset, $0.element.0, $0.element.1)
  }

  /// Each step alone, with the largest difference that rounding makes: boxes whose places are simple fractions meet
  /// halves in rows and again in columns.
  static let steps: [(step: any Augmentation, largest: Double)] = [
    (RandomFlip(.horizontal), 0), (RandomFlip(.vertical), 0), (RandomTurn(), 0), (RandomGrayscale(probability: 0.5), 0),
    (RandomSolarize(probability: 0.5, threshold: 90), 0), (RandomPosterize(bits: 3), 0), (RandomEqualize(), 0),
    (RandomAutocontrast(), 1), (RandomSobel(), 0), (RandomErasing(), 0), (RandomErasing(fill: .noise), 0),
    (Cutout(probability: 0.7), 0), (RandomNoise(), 1), (RandomRotation(filter: .bilinear), 1),
    (RandomBlur(method: .boxes), 1), (RandomBlur(method: .tenthOfHeight), 1),
    (RandomBlur(method: .kernel(width: 9)), 1),
    (RandomResizedCrop(), 1), (RandomResizedCrop(filter: .bicubic), 1), (CenterCrop(proportion: 0.8), 2),
    (ColorJitter(probability: 1, brightness: 0.8, contrast: 0, saturation: 0, hue: 0), 1),
    (ColorJitter(probability: 1, brightness: 0, contrast: 0.8, saturation: 0, hue: 0), 1),
    (ColorJitter(probability: 1, brightness: 0, contrast: 0, saturation: 0.8, hue: 0), 1),
    (ColorJitter(probability: 1, brightness: 0, contrast: 0, saturation: 0, hue: 0.5), 1),
    (RandomChoice([RandomFlip(probability: 1), RandomTurn(quarters: [1]), RandomSolarize(probability: 1)]), 0),
    (RandomApply([RandomTurn(), RandomFlip(), RandomErasing()]), 0),
  ]

  @Test(arguments: steps.indices) func everyStepAgreesWithTheSingleImage(index: Int) throws {
    let (step, largest) = Self.steps[index]
    let recipe = ViewRecipe(name: type(of: step).kind, size: ImageSize(square: 20), steps: [step])
    var changed = 0
    for round in 0..<3 {
      let found = try difference(recipe, Self.sameSize, round: round)
      #expect(found.largest <= largest, "\(step)")
      changed += found.changed
    }
    #expect(changed > 0, "at least one image was changed")
  }

  /// The nearest pixel of a place between two is a matter of the last bit: some pixels are those beside.
  @Test func rotationsToTheNearestPixelAgree() throws {
    let recipe = ViewRecipe(
      name: "rotate", size: ImageSize(square: 20), steps: [RandomRotation(probability: 1, degrees: -180...180)])
    #expect(try difference(recipe, Self.sameSize).mean <= 2)
  }

  @Test(arguments: ViewRecipe.names) func wholeRecipesAgree(name: String) throws {
    for round in 0..<4 {
      let recipe = try ViewRecipe.open(name) { 24 + 80 * (round % 2) }
      let found = try difference(recipe, Self.manySizes, round: round)
      #expect(found.mean <= 2, "in levels, of the worst view")
    }
  }

  /// Steps that change sizes before anything crops: every image goes its own way, and comes back to its place.
  @Test func imagesOfManySizesFindTheirPlace() throws {
    let recipe = ViewRecipe(
      name: "sizes", size: ImageSize(width: 14, height: 10),
      steps: [RandomTurn(), RandomApply([RandomTurn(quarters: [1]), RandomErasing()]), RandomFlip(), RandomEqualize()])
    for round in 0..<4 { #expect(try difference(recipe, Self.manySizes, round: round).mean <= 1) }
  }

  /// An augmentation of one's own that knows nothing of batches is applied one by one.
  @Test func whatHasNoBatchesIsAppliedOneByOne() throws {
    struct Invert: Augmentation {
      struct Inverted: AugmentationParameters {
        static let kind = "views-invert"
        var words: String { "inverted" }
      }
      static let kind = "views-invert"
      static let usual = Invert()
      var problem: String? { nil }
      func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Inverted? {
        stream.chance(0.5) ? Inverted() : nil
      }
      func apply(_ parameters: Inverted, to image: Image) -> Image {
        var result = image
        result.solarize(from: 0)
        return result
      }
    }
    let recipe = ViewRecipe(
      name: "own", size: ImageSize(square: 20), steps: [RandomResizedCrop(), Invert(), RandomFlip()])
    let found = try difference(recipe, Self.manySizes)
    #expect(found.largest <= 1)
  }

  @Test func grayImagesAreTakenAsColour() throws {
    let gray = Self.sameSize.map { $0.gray() }
    let recipe = ViewRecipe(name: "gray", size: ImageSize(square: 12), steps: [RandomResizedCrop(), RandomFlip()])
    #expect(try difference(recipe, gray).largest <= 1)
  }

  /// The hash on tensors is the hash on numbers, whatever the sign of its products.
  @Test func noiseIsThatOfTheSingleImage() {
    let seeds: [UInt32] = [0, 1, 0xFFFF_FFFF, 0x8000_0001]
    let hash = PixelHash(seeds, height: 3, width: 5, on: .cpu)
    let bytes = hash.bytes().permuted(0, 2, 3, 1).values(as: Float.self)
    let normals = hash.normals().permuted(0, 2, 3, 1).values(as: Float.self)
    for (row, seed) in seeds.enumerated() {
      let noise = PixelNoise(seed: seed)
      for i in 0..<45 {
        #expect(bytes[row * 45 + i] == Float(noise.bits(i) >> 24))
        #expect(abs(normals[row * 45 + i] - Float(noise.normal(i))) < 1e-4)
      }
    }
  }
}

extension ViewRecipe {
  fileprivate func parameters(_ number: Int, of image: Image, round: Int) -> ViewParameters {
    var stream = RandomStream(seed: 23, round, number)
    return sample(for: image.size, using: &stream)
  }
}
