import Images
import Testing

@Suite struct ColorTests {
  @Test(arguments: ImageGoldens.shared.colors) func agreesWithPillow(_ golden: ImageGoldens.Color) throws {
    var image = try #require(ImageGoldens.shared.images[golden.image]).image
    switch golden.kind {
    case "brightness": image.adjustBrightness(by: golden.amount)
    case "contrast": image.adjustContrast(by: golden.amount)
    case "saturation": image.adjustSaturation(by: golden.amount)
    case "hue": image.shiftHue(by: golden.amount)
    case "gray": image = image.gray()
    case "solarize": image.solarize(from: UInt8(golden.amount))
    case "blur": image = image.blurred(sigma: golden.amount)
    default: Issue.record("a golden of kind \(golden.kind)")
    }
    let difference = Difference(image, golden.output.image)
    // Pillow rounds hue to 8 bits on the way, and a blur after each of its boxes; all else is the same arithmetic.
    if ["hue", "blur"].contains(golden.kind) {
      #expect(difference.mean <= 2)
    } else {
      #expect(difference.largest == 0)
    }
  }

  @Test func neutralAmountsChangeNothing() {
    let image = noise(9, 6)
    var changed = image
    changed.adjustBrightness(by: 1)
    changed.adjustContrast(by: 1)
    changed.adjustSaturation(by: 1)
    changed.shiftHue(by: 0)
    changed.shiftHue(by: 1)
    changed.shiftHue(by: -2)
    #expect(changed == image)
    #expect(image.blurred(sigma: 2, kernel: .sampled(radius: 0)) == image)
  }

  @Test func thirdsOfTheHueCircleSwapChannels() {
    var image = Image(width: 1, height: 1, color: [200, 40, 90])
    image.shiftHue(by: 1.0 / 3)
    #expect(image.pixels == [90, 200, 40])
    image.shiftHue(by: -2.0 / 3)
    #expect(image.pixels == [40, 90, 200])
  }

  @Test func hueTurnsBack() {
    let image = noise(16, 16)
    for turn in [0.05, -0.2, 0.5] {
      var turned = image
      turned.shiftHue(by: turn)
      turned.shiftHue(by: -turn)
      #expect(Difference(turned, image).largest <= 2)
    }
  }

  @Test func grayImagesHaveNoColourToChange() {
    let gray = noise(5, 5, channels: 1)
    var changed = gray
    changed.adjustSaturation(by: 0.3)
    changed.shiftHue(by: 0.2)
    changed.desaturate()
    #expect(changed == gray)
    #expect(gray.color().gray() == gray)
    #expect(gray.color().channels == 3)
  }

  @Test func blurAgreesWithTheDefinition() {
    // A single bright pixel becomes the kernel itself; far from the edges its sum stays.
    var image = Image(width: 15, height: 15, color: [0])
    image.pixels[7 * 15 + 7] = 255
    let blurred = image.blurred(sigma: 1.2, kernel: .sampled(radius: 5))
    let kernel: [Double] = [1, 0.70664828, 0.24935221, 0.043936934]  // exp(−d²/2.88), d = 0 … 3
    let sum = kernel[0] + 2 * (kernel[1] + kernel[2] + kernel[3] + 0.00386592 + 0.00016986)
    for y in 0...3 {
      for x in 0...3 {
        let expected = 255 * kernel[x] * kernel[y] / (sum * sum)
        #expect(abs(Double(blurred.pixels[(7 - y) * 15 + 7 + x]) - expected) <= 1)
      }
    }
  }

  @Test(arguments: [BlurKernel.boxes, .sampled(radius: 8)]) func flatStaysFlat(kernel: BlurKernel) {
    let flat = Image(width: 3, height: 2, color: [255, 8, 0])
    #expect(flat.blurred(sigma: 2, kernel: kernel) == flat)
  }
}
