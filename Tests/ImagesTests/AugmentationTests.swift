import Basics
import Images
import Testing

@Suite struct AugmentationTests {
  @Test func cropsKeepToTheirRanges() throws {
    let crop = RandomResizedCrop(area: 0.2...0.7, aspect: 0.5...2)
    let size = ImageSize(width: 300, height: 200)
    var stream = RandomStream(seed: 11)
    var (areas, logAspects, tilts): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<2000 {
      let box = try #require(crop.sample(for: size, output: ImageSize(square: 8), using: &stream)).box
      #expect(box.fits(size))
      areas.append(box.width * box.height / 60_000)
      logAspects.append(Double.log(box.width / box.height))
      tilts.append(box.width < 300 ? box.x / (300 - box.width) : 0.5)
    }
    // Sides are rounded to whole pixels, of at least 77.
    #expect(areas.min()! > 0.19 && areas.max()! < 0.71)
    #expect(logAspects.min()! > Double.log(0.49) && logAspects.max()! < Double.log(2.04))
    #expect(areas.min()! < 0.22 && areas.max()! > 0.66)
    // A place is uniform: its mean over 2000 has a standard deviation below 0.0065.
    #expect(abs(tilts.reduce(0, +) / 2000 - 0.5) < 0.03)
  }

  @Test func aCropThatNeverFitsTakesTheMiddle() throws {
    let crop = RandomResizedCrop(area: 1...1, aspect: 0.9...1.1)
    var stream = RandomStream(seed: 1)
    let wide = try #require(
      crop.sample(for: ImageSize(width: 500, height: 100), output: ImageSize(square: 8), using: &stream))
    #expect(wide.box == ImageBox(x: 195, y: 0, width: 110, height: 100))
    let high = try #require(
      crop.sample(for: ImageSize(width: 90, height: 500), output: ImageSize(square: 8), using: &stream))
    #expect(high.box == ImageBox(x: 0, y: 200, width: 90, height: 100))
  }

  @Test func theMiddleIsCutInTheShapeOfTheOutput() throws {
    var stream = RandomStream(seed: 1)
    func box(_ width: Int, _ height: Int, proportion: Double) throws -> ImageBox {
      try #require(
        CenterCrop(proportion: proportion)
          .sample(for: ImageSize(width: width, height: height), output: ImageSize(square: 32), using: &stream)
      ).box
    }
    #expect(try box(64, 64, proportion: 1) == ImageBox(x: 0, y: 0, width: 64, height: 64))
    // ⌊32·101/64⌋ = 50 pixels wide, of which 9 are cut off on the left.
    #expect(try box(101, 64, proportion: 1) == ImageBox(x: 9 * 2.02, y: 0, width: 32 * 2.02, height: 64))
    // ⌊32 / 0.8⌋ = 40 by 80, of which 4 and 24 are cut off.
    #expect(try box(80, 160, proportion: 0.8) == ImageBox(x: 8, y: 48, width: 64, height: 64))
    // ⌊32 / 0.9⌋ = 35 by 35: half of 3 is rounded to the even 2.
    #expect(try box(70, 70, proportion: 0.9) == ImageBox(x: 4, y: 4, width: 64, height: 64))
  }

  /// The same pixels as resizing first and cropping afterwards.
  @Test(arguments: [(50, 31), (20, 20), (9, 40)]) func theMiddleIsThatOfTheResizedImage(width: Int, height: Int) throws
  {
    var random = RandomStream(seed: 3)
    let pixels = (0..<width * height * 3).map { _ in UInt8(random.integer(below: 256)) }
    let image = Image(width: width, height: height, pixels: pixels)
    let output = ImageSize(square: 12)
    let crop = CenterCrop(proportion: 0.85, filter: .bicubic)  // ⌊12 / 0.85⌋ = 14
    let parameters = try #require(crop.sample(for: image.size, output: output, using: &random))
    let scaled =
      width < height
      ? ImageSize(width: 14, height: 14 * height / width) : ImageSize(width: 14 * width / height, height: 14)
    let whole = image.resized(to: scaled, filter: .bicubic)
    let (left, top) = ([14: 1, 22: 5][scaled.width]!, [14: 1, 62: 25][scaled.height]!)
    let expected = whole.cropped(
      to: ImageBox(x: Double(left), y: Double(top), width: 12, height: 12), resizedTo: output)
    let actual = crop.apply(parameters, to: image)
    #expect(actual.size == output)
    let difference = zip(actual.pixels, expected.pixels).map { abs(Int($0) - Int($1)) }.max()!
    #expect(difference <= 1, "rounding of weights")
  }

  @Test(arguments: [0.0, 0.2, 1.0]) func probabilitiesAreKept(probability: Double) {
    var stream = RandomStream(seed: 21)
    let size = ImageSize(square: 8)
    let count = 4000
    func share(_ augmentation: some Augmentation) -> Double {
      let times = (0..<count).count { _ in augmentation.sample(for: size, output: size, using: &stream) != nil }
      return Double(times) / Double(count)
    }
    let shares = [
      share(RandomFlip(.vertical, probability: probability)), share(RandomGrayscale(probability: probability)),
      share(RandomSolarize(probability: probability)), share(RandomBlur(probability: probability)),
      share(ColorJitter(probability: probability, brightness: 1, contrast: 1, saturation: 1, hue: 0)),
    ]
    // A standard deviation is at most 0.0064.
    for share in shares { #expect(abs(share - probability) < 0.03) }
  }

  @Test func jitterDrawsFactorsAndOrders() throws {
    let jitter = ColorJitter(probability: 1, brightness: 0.4, contrast: 2, saturation: 0, hue: 0.1)
    var stream = RandomStream(seed: 2)
    var orders: Set<[ColorChange.Part]> = []
    var (brightness, contrast): ([Double], [Double]) = ([], [])
    for _ in 0..<1000 {
      let choice = try #require(jitter.sample(for: ImageSize(square: 1), output: ImageSize(square: 1), using: &stream))
      brightness.append(choice.brightness)
      contrast.append(choice.contrast)
      #expect(choice.saturation == 1)
      #expect(abs(choice.hue) <= 0.1)
      orders.insert(choice.order)
    }
    #expect(orders.count == 24)
    #expect(
      brightness.min()! >= 0.6 && brightness.min()! < 0.61 && brightness.max()! <= 1.4 && brightness.max()! > 1.39)
    #expect(contrast.min()! >= 0 && contrast.max()! <= 3 && contrast.max()! > 2.9)
  }

  @Test func theOrderOfChangesMatters() {
    let jitter = ColorJitter(brightness: 1, contrast: 1, saturation: 1, hue: 0)
    let image = gradient(8, 8)
    let one = jitter.apply(ColorChange(brightness: 1.8, contrast: 0.4, order: [.brightness, .contrast]), to: image)
    let other = jitter.apply(ColorChange(brightness: 1.8, contrast: 0.4, order: [.contrast, .brightness]), to: image)
    #expect(one != other)
    #expect(jitter.apply(ColorChange(), to: image) == image)
  }

  @Test(arguments: [MirrorAxis.horizontal, .vertical]) func mirroringTwiceChangesNothing(axis: MirrorAxis) {
    let image = noise(7, 4)
    #expect(image.flipped(axis) != image)
    #expect(image.flipped(axis).flipped(axis) == image)
  }

  @Test func solarizingTwiceFromZeroChangesNothing() {
    let image = noise(6, 6)
    let step = RandomSolarize()
    let once = step.apply(.init(threshold: 0), to: image)
    #expect(once.pixels == image.pixels.map { 255 - $0 })
    #expect(step.apply(.init(threshold: 0), to: once) == image)
  }
}
