import Basics
import Images
import Testing

/// What erases, turns, and chooses among other augmentations.
@Suite struct MoreAugmentationTests {
  private let size = ImageSize(width: 40, height: 30)
  private let output = ImageSize(square: 8)

  @Test func erasedBoxesKeepToTheirRanges() throws {
    let erasing = RandomErasing(probability: 1)
    var stream = RandomStream(seed: 3)
    var areas: [Double] = []
    for _ in 0..<500 {
      let choice = try #require(erasing.sample(for: size, output: output, using: &stream))
      #expect(choice.box.fits(size))
      areas.append(choice.box.width * choice.box.height / 1200)
      #expect((0.2...5).contains(choice.box.width / choice.box.height), "whole pixels on either side of 0.3 … 3.3")
    }
    #expect(areas.min()! > 0.01 && areas.min()! < 0.04 && areas.max()! > 0.3 && areas.max()! < 0.36)
  }

  @Test func erasingChangesTheBoxAlone() {
    let image = noise(10, 8)
    let box = ImageBox(x: 2, y: 3, width: 4, height: 5)
    for fill in [ErasingFill.level(77), .noise] {
      let erased = RandomErasing().apply(ErasedBox(box: box, fill: fill, seed: 9), to: image)
      for y in 0..<8 {
        for x in 0..<10 {
          let pixel = (y * 10 + x) * 3..<(y * 10 + x) * 3 + 3
          let isInside = (2..<6).contains(x) && (3..<8).contains(y)
          if !isInside { #expect(erased.pixels[pixel] == image.pixels[pixel]) }
          if isInside, fill == .level(77) { #expect(erased.pixels[pixel] == [77, 77, 77]) }
        }
      }
      if fill == .noise { #expect(Difference(erased, image).mean > 5) }
    }
  }

  @Test func cutoutsAreSquaresCutAtTheEdge() throws {
    let cutout = Cutout(side: 0.5)
    var stream = RandomStream(seed: 8)
    var covered = [Int](repeating: 0, count: 40)
    for _ in 0..<2000 {
      let box = try #require(cutout.sample(for: size, output: output, using: &stream)).box
      #expect(box.fits(size) && box.width <= 15 && box.height <= 15 && box.width >= 7 && box.height >= 7)
      for x in Int(box.x)..<Int(box.x + box.width) { covered[x] += 1 }
    }
    // A column in the middle is covered by 15 of 40 middles, one at the edge by 8 (x − 7 … x + 7 lie there).
    #expect(abs(Double(covered[20]) / 2000 - 15 / 40) < 0.05)
    #expect(abs(Double(covered[0]) / 2000 - 8 / 40) < 0.04)
  }

  @Test func turnsAreEquallyLikelyAndSwapSides() throws {
    var stream = RandomStream(seed: 5)
    var counts: [Int: Int] = [:]
    for _ in 0..<2000 {
      let turn = try #require(RandomTurn().sample(for: size, output: output, using: &stream))
      counts[turn.quarters, default: 0] += 1
      let after = turn.quarters % 2 == 0 ? size : ImageSize(width: 30, height: 40)
      #expect(turn.size(after: size) == after)
      #expect(RandomTurn().apply(turn, to: noise(40, 30)).size == after)
    }
    for quarters in 0...3 { #expect(abs(Double(counts[quarters]!) / 2000 - 0.25) < 0.05) }
  }

  /// Steps that follow a turn see its sides swapped, also within an `apply`.
  @Test func nestedStepsSeeTheSizeBeforeThem() throws {
    let nested = RandomApply([RandomTurn(quarters: [1]), RandomErasing(probability: 1, area: 1...1)], probability: 1)
    let recipe = ViewRecipe(name: "nested", size: output, steps: [nested, RandomErasing(probability: 1)])
    var stream = RandomStream(seed: 2)
    var erased = 0
    for _ in 0..<50 {
      let choice = recipe.sample(for: size, using: &stream)
      let applied = try #require(choice.steps[0]?.choice as? RandomApply.Applied)
      #expect(applied.size(after: size) == ImageSize(width: 30, height: 40))
      if let box = applied.steps[1]?.choice as? ErasedBox {
        #expect(box.box.fits(ImageSize(width: 30, height: 40)))
        erased += 1
      }
      #expect(recipe.apply(choice, to: noise(40, 30)).size == output)
    }
    #expect(erased > 0)
  }

  @Test func optionsAreAsLikelyAsTheirWeights() throws {
    let choice = RandomChoice(
      [RandomFlip(probability: 1), RandomGrayscale(probability: 1), RandomSobel(probability: 1)], weights: [1, 3, 0])
    var stream = RandomStream(seed: 6)
    var counts = [0, 0, 0]
    for _ in 0..<4000 {
      let chosen = try #require(choice.sample(for: size, output: output, using: &stream))
      counts[chosen.option] += 1
    }
    #expect(counts[2] == 0)
    #expect(abs(Double(counts[0]) / 4000 - 0.25) < 0.03)
    let image = noise(9, 9)
    let gray = RandomChoice.Chosen(option: 1, parameters: ViewStepParameters(RandomGrayscale.Gray()))
    var expected = image
    expected.desaturate()
    #expect(choice.apply(gray, to: image) == expected)
  }

  @Test func choicesOfAllKindsAreSaidInWords() {
    let parameters = ViewParameters(
      steps: [
        RandomTurn.Turn(quarters: 3), RandomRotation.Angle(degrees: -12.4), RandomPosterize.Bits(bits: 4),
        RandomEqualize.Equalized(), RandomAutocontrast.Stretched(), RandomSobel.Edges(),
        ErasedBox(box: ImageBox(x: 3, y: 4, width: 8, height: 12), fill: .noise),
        RandomNoise.Noise(sigma: 0.051, seed: 1),
        RandomApply.Applied(steps: [nil, ViewStepParameters(RandomGrayscale.Gray())]),
      ])
    #expect(
      parameters.description
        == "turned 270°; rotated −12°; 4 bits; equalized; contrast stretched; edges; erased 8×12 at 3,4; noise 0.05; gray"
    )
  }
}
