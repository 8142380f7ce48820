import Images
import Testing

@Suite struct EncodingTests {
  @Test(arguments: [(1, 1), (1, 300), (300, 1), (7, 5), (64, 64)]) func pngLosesNothing(width: Int, height: Int) throws
  {
    let image = noise(width, height)
    #expect(try Image(decoding: image.png(), named: "png") == image)
    let gray = noise(width, height, channels: 1)
    #expect(try Image(decoding: gray.png(), named: "png").gray() == gray)
  }

  @Test(arguments: [(1, 1), (33, 17)]) func jpegLosesLittle(width: Int, height: Int) throws {
    let image = gradient(width, height)
    let fine = try Image(decoding: image.jpeg(quality: 100), named: "jpeg")
    #expect(Difference(fine, image).mean < 2)
    let gray = image.gray()
    #expect(Difference(try Image(decoding: gray.jpeg(quality: 100), named: "jpeg").gray(), gray).mean < 2)
  }

  @Test func lowerQualityIsSmaller() {
    let image = noise(40, 40)
    #expect(image.jpeg(quality: 30).count < image.jpeg(quality: 80).count)
    #expect(image.jpeg(quality: 80).count < image.jpeg(quality: 100).count)
  }
}
