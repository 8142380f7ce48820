import Images
import Testing

/// Every operation beside torchvision's, as `Tests/Goldens/operations.py` had it made.
@Suite struct OperationTests {
  @Test(arguments: OperationGoldens.shared.operations) func agreesWithTorchvision(
    _ golden: OperationGoldens.Operation
  ) throws {
    let picture = try #require(OperationGoldens.shared.images[golden.image])
    let image = try #require(Self.changed(picture.image, golden), "a golden of kind \(golden.kind)")
    let difference = Difference(image, golden.output.image)
    switch golden.kind {
    // Pillow rounds hue to 8 bits on the way.
    case "hue": #expect(difference.mean <= 2)
    // The nearest pixel of a place between two is a matter of the last bit.
    case "rotate nearest": #expect(difference.mean <= 2)
    // Rows are rounded before columns are blurred.
    case "blur tensor": #expect(difference.largest <= 2)
    case "rotate bilinear", "sobel": #expect(difference.largest <= 1)
    default: #expect(difference.largest == 0)
    }
  }

  private static func changed(_ image: Image, _ golden: OperationGoldens.Operation) -> Image? {
    var result = image
    let amounts = golden.amounts
    func box() -> ImageBox { ImageBox(x: amounts[0], y: amounts[1], width: amounts[2], height: amounts[3]) }
    switch golden.kind {
    case "posterize": result.posterize(to: Int(amounts[0]))
    case "equalize": result.equalize()
    case "autocontrast": result.stretchContrast()
    case "sobel": return image.edges()
    case "rotate nearest": return image.rotated(degrees: amounts[0], level: UInt8(amounts[1]))
    case "rotate bilinear": return image.rotated(degrees: amounts[0], filter: .bilinear, level: UInt8(amounts[1]))
    case "turn": return image.turned(quarters: Int(amounts[0]))
    case "erase": return RandomErasing().apply(ErasedBox(box: box(), fill: .level(UInt8(amounts[4]))), to: image)
    case "blur tensor": return image.blurred(sigma: amounts[1], kernel: .mirrored(radius: Int(amounts[0]) / 2))
    case "crop bilinear": return image.cropped(to: box(), resizedTo: ImageSize(square: Int(amounts[4])))
    case "crop bicubic":
      return image.cropped(to: box(), resizedTo: ImageSize(square: Int(amounts[4])), filter: .bicubic)
    case "flip horizontal": return image.flipped(.horizontal)
    case "flip vertical": return image.flipped(.vertical)
    case "grayscale": result.desaturate()
    case "solarize": result.solarize(from: UInt8(amounts[0]))
    case "brightness": result.adjustBrightness(by: amounts[0])
    case "contrast": result.adjustContrast(by: amounts[0])
    case "saturation": result.adjustSaturation(by: amounts[0])
    case "hue": result.shiftHue(by: amounts[0])
    default: return nil
    }
    return result
  }

  @Test func posterizingKeepsTheHighestBits() {
    var image = Image(width: 2, height: 1, channels: 1, pixels: [0b1011_0111, 0b0100_1000])
    image.posterize(to: 3)
    #expect(image.pixels == [0b1010_0000, 0b0100_0000])
  }

  /// 256 pixels that take every value once are as even as can be: nothing changes; and equalizing is monotonic.
  @Test func equalizingKeepsOrderAndEvenImages() {
    let even = Image(width: 256, height: 1, channels: 1, pixels: (0...255).map { UInt8($0) })
    var changed = even
    changed.equalize()
    #expect(changed == even)
    var noisy = noise(40, 30, channels: 1, seed: 5)
    let before = noisy.pixels
    noisy.equalize()
    for (a, b) in zip(before, noisy.pixels).sorted(by: { $0.0 < $1.0 }).adjacent { #expect(a.1 <= b.1) }
  }

  @Test func stretchingReachesBothEnds() {
    var image = Image(width: 3, height: 1, channels: 1, pixels: [50, 75, 100])
    image.stretchContrast()
    #expect(
      image.pixels == [0, 127, 254], "255/50·100 − 255/50·50 is a little less than 255; Pillow drops the fraction, too")
    var flat = Image(width: 3, height: 2, color: [7, 7, 200])
    flat.stretchContrast()
    #expect(flat == Image(width: 3, height: 2, color: [7, 7, 200]))
  }

  @Test func fourRightAnglesAreNone() {
    let image = noise(5, 3)
    #expect(image.turned(quarters: 1).size == ImageSize(width: 3, height: 5))
    #expect(image.turned(quarters: 1).turned(quarters: 3) == image)
    #expect(image.turned(quarters: 1).turned(quarters: 1) == image.turned(quarters: 2))
    #expect(image.turned(quarters: -1) == image.turned(quarters: 3))
    // Counter-clockwise: the top right corner comes to the top left.
    #expect(image.turned(quarters: 1).pixels.prefix(3) == image.pixels[12..<15])
  }

  @Test(arguments: [RotationFilter.nearest, .bilinear]) func rotationsByRightAnglesAreTurns(filter: RotationFilter) {
    let image = noise(6, 6)
    for quarters in 0...3 {
      let rotated = image.rotated(degrees: Double(quarters * 90), filter: filter)
      #expect(Difference(rotated, image.turned(quarters: quarters)).largest <= 1)
    }
  }

  @Test func edgesOfARampAreItsSlope() {
    // Two columns differ by 20: √(20²/2) ≈ 14; at the edges the image stands still, and the difference is half of it.
    let ramp = Image(width: 5, height: 4, channels: 1, pixels: (0..<20).map { UInt8($0 % 5 * 10) })
    #expect(ramp.edges().pixels == Array(repeating: [7, 14, 14, 14, 7], count: 4).flatMap { $0 })
    #expect(Image(width: 4, height: 4, color: [9, 200, 31]).edges() == Image(width: 4, height: 4, color: [0, 0, 0]))
  }

  @Test func noiseIsGaussianAndRepeatable() {
    var image = Image(width: 100, height: 100, color: [128])
    image.addNoise(deviation: 10, seed: 4)
    var same = Image(width: 100, height: 100, color: [128])
    same.addNoise(deviation: 10, seed: 4)
    #expect(image == same)
    let values = image.pixels.map { Double($0) - 128 }
    let mean = values.reduce(0, +) / 10_000
    let variance = values.map { $0 * $0 }.reduce(0, +) / 10_000
    // The mean's deviation is 0.1, the variance's 1.4; rounding adds 1/12.
    #expect(abs(mean) < 0.4)
    #expect(abs(variance - 100) < 6)
    let within = Double(values.count { abs($0) <= 10 }) / 10_000
    #expect(abs(within - 0.706) < 0.02, "P(|x| ≤ 10.5/10) = 0.706")
    var other = Image(width: 100, height: 100, color: [128])
    other.addNoise(deviation: 10, seed: 5)
    let product = zip(values, other.pixels).map { $0 * (Double($1) - 128) }.reduce(0, +) / 10_000
    #expect(abs(product) < 4, "noise of two seeds is independent: a deviation of 1")
  }
}

extension Array {
  /// Every element with the next one.
  fileprivate var adjacent: [(Element, Element)] { Array<(Element, Element)>(zip(self, dropFirst())) }
}
