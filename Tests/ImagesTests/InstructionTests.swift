import Basics
import CImage
import Images
import Testing

/// The loops over pixels are compiled for several sets of instructions: all must give the same bytes.
///
/// Other tests may run while the set changes, and nothing changes for them.
@Suite(.serialized) struct InstructionTests {
  /// Views that go through every loop, at sizes that no width of a register divides.
  private func views() -> [Image] {
    var results: [Image] = []
    for (width, height) in [(61, 47), (33, 5), (7, 90), (1, 1), (200, 3)] {
      let image = noise(width, height, seed: UInt64(width))
      for filter in ResizeFilter.allCases {
        results.append(image.resized(to: ImageSize(width: 37, height: 29), filter: filter))
        results.append(image.resized(to: ImageSize(width: 5, height: 150), filter: filter))
      }
      for sigma in [0.3, 0.9, 2, 7] { results.append(image.blurred(sigma: sigma)) }
      results.append(noise(width, height, channels: 1).blurred(sigma: 1.3))
      var random = RandomStream(seed: 3, width)
      let jitter = ColorJitter(probability: 1, brightness: 0.9, contrast: 0.9, saturation: 0.9, hue: 0.5)
      for _ in 0..<20 {
        let choice = jitter.sample(for: image.size, output: image.size, using: &random)!
        results.append(jitter.apply(choice, to: image))
      }
      var gray = image
      gray.desaturate()
      results += [gray, image.flipped(.horizontal)]
    }
    return results
  }

  @Test func noResultDependsOnTheInstructions() {
    let best = cimage_best_instructions()
    defer { cimage_use_instructions(best) }
    cimage_use_instructions(0)
    let plain = views()
    for instructions in 1..<max(best + 1, 1) {
      cimage_use_instructions(instructions)
      #expect(views() == plain, "set \(instructions)")
    }
  }

  @Test func scalingIsTheSameForAllInstructions() {
    let best = cimage_best_instructions()
    defer { cimage_use_instructions(best) }
    let pixels = noise(33, 7).pixels
    let scaling = ChannelScaling(mean: [0.1, 0.5, 0.9], deviation: [0.3, 0.7, 1.1])
    func numbers(_ instructions: Int32) -> [Float] {
      cimage_use_instructions(instructions)
      return [Float](unsafeUninitializedCapacity: pixels.count) { buffer, count in
        scaling.write(pixels, to: buffer.baseAddress!)
        count = pixels.count
      }
    }
    let plain = numbers(0)
    for instructions in 1..<max(best + 1, 1) { #expect(numbers(instructions) == plain) }
  }

  /// Every colour there is with some of its neighbours, against the formulas in Double.
  @Test func huesAreThoseOfTheFormula() {
    var pixels: [UInt8] = []
    for red in stride(from: 0, through: 255, by: 15) {
      for green in stride(from: 0, through: 255, by: 17) {
        for blue in stride(from: 0, through: 255, by: 5) { pixels += [UInt8(red), UInt8(green), UInt8(blue)] }
      }
    }
    let image = Image(width: pixels.count / 3, height: 1, pixels: pixels)
    for turn in [0.07, 0.31, 0.5, -0.2] {
      var turned = image
      turned.shiftHue(by: turn)
      var largest = 0.0
      for start in stride(from: 0, to: pixels.count, by: 3) {
        let (r, g, b) = (Double(pixels[start]), Double(pixels[start + 1]), Double(pixels[start + 2]))
        let (value, range) = (max(r, g, b), max(r, g, b) - min(r, g, b))
        guard range > 0 else { continue }
        let hue = value == r ? (g - b) / range : value == g ? 2 + (b - r) / range : 4 + (r - g) / range
        for (channel, n) in [5.0, 3, 1].enumerated() {
          let k = (n + hue + turn * 6 + 12).truncatingRemainder(dividingBy: 6)
          let expected = value - range * min(max(min(k, 4 - k), 0), 1)
          largest = max(largest, abs(expected - Double(turned.pixels[start + channel])))
        }
      }
      #expect(largest < 0.5001, "no more than rounding, turned by \(turn)")
    }
  }

  /// Contrast must see what the changes before it left, also where all are made in few passes.
  @Test func changesTogetherAreThoseOneByOne() {
    let image = noise(57, 31)
    var random = RandomStream(seed: 9)
    let jitter = ColorJitter(probability: 1, brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.2)
    for _ in 0..<24 {
      let choice = jitter.sample(for: image.size, output: image.size, using: &random)!
      var expected = image
      for part in choice.order {
        switch part {
        case .brightness: expected.adjustBrightness(by: choice.brightness)
        case .contrast: expected.adjustContrast(by: choice.contrast)
        case .saturation: expected.adjustSaturation(by: choice.saturation)
        case .hue: expected.shiftHue(by: choice.hue)
        }
      }
      #expect(jitter.apply(choice, to: image) == expected)
    }
  }

  @Test func mirroringOnTheWayIsMirroringAfterwards() {
    let recipe = ViewRecipe(
      name: "mirrored", size: ImageSize(width: 21, height: 16),
      steps: [RandomResizedCrop(filter: .bicubic), RandomFlip(probability: 1), RandomGrayscale(probability: 1)])
    let image = noise(50, 40)
    for index in 0..<10 {
      let choice = recipe.parameters(for: image.size, seed: 1, epoch: 0, index: index, view: 0)
      let crop = choice.steps[0]!.choice as! Crop
      var expected = image.cropped(to: crop.box, resizedTo: crop.output, filter: .bicubic).flipped(.horizontal)
      expected.desaturate()
      #expect(recipe.apply(choice, to: image) == expected)
    }
  }
}
