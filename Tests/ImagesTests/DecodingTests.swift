import Basics
import Images
import Testing

@Suite struct DecodingTests {
  @Test(arguments: ImageGoldens.shared.files) func agreesWithPillow(_ file: ImageGoldens.File) throws {
    let image = try Image(decoding: file.bytes, named: file.name)
    try #require(image.size == file.output.image.size)
    #expect(Difference(image, file.output.image).largest <= file.tolerance)
  }

  @Test(arguments: ImageGoldens.shared.files) func everyTruncationIsAnErrorThatNamesTheFile(
    _ file: ImageGoldens.File
  ) throws {
    let bytes = file.bytes
    // The last bytes of a JPEG and of a RIFF may be padding, and Pillow's Exif files end in a marker of two bytes.
    for count in stride(from: 0, to: bytes.count - 2, by: max(1, bytes.count / 97)) {
      let error = #expect(throws: InputError.self) {
        try Image(decoding: Array(bytes[..<count]), named: "photos/a cat")
      }
      #expect(error?.place == "photos/a cat")
      #expect(error?.remedy.isEmpty == false)
    }
  }

  @Test(arguments: ImageGoldens.shared.files) func mutatedFilesNeverCrash(_ file: ImageGoldens.File) {
    var random = RandomStream(seed: 5, file.bytes.count)
    var outcomes = 0
    for _ in 0..<60 {
      var bytes = file.bytes
      for _ in 0...random.integer(below: 4) {
        bytes[random.integer(below: bytes.count)] = UInt8(random.integer(below: 256))
      }
      // Sizes may be mutated as well: no memory may be taken that the file cannot fill, or only for an instant.
      if let image = try? Image(decoding: bytes, named: "mutant") {
        #expect(image.pixels.count == image.width * image.height * 3)
      }
      outcomes += 1
    }
    #expect(outcomes == 60)
  }

  @Test func saysWhatIsWrong() {
    func message(_ bytes: [UInt8]) -> String? {
      #expect(throws: InputError.self) { try Image(decoding: bytes, named: "a.png") }?.description
    }
    #expect(message([]) == "a.png: is empty; copy or download the file again, or remove it")
    #expect(
      message(Array("GIF89a".utf8))
        == "a.png: is not an image that can be read (JPEG, PNG, WebP); convert it to PNG or remove it")
    #expect(
      message(Array(noise(4, 4).png().dropLast(20)))
        == "a.png: is a PNG that cannot be read: the file ends too early; copy or download the file again, or remove it"
    )
  }

  @Test func refusesSizesThatNoMemoryShouldBeTakenFor() throws {
    var bytes = noise(4, 4).png()
    // Width and height are the big-endian numbers at 16 and 20.
    bytes.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
    var error = #expect(throws: InputError.self) { try Image(decoding: bytes, named: "bomb") }
    #expect(error?.problem.contains("beyond 500 megapixels") == true)
    bytes.replaceSubrange(16..<24, with: [0, 0, 0x40, 0, 0, 0, 0x40, 0])
    error = #expect(throws: InputError.self) { try Image(decoding: bytes, named: "bomb") }
    #expect(error?.problem.contains("promises 16384×16384 pixels") == true)
    bytes.replaceSubrange(16..<24, with: [0, 0, 0, 0, 0, 0, 0, 1])
    error = #expect(throws: InputError.self) { try Image(decoding: bytes, named: "bomb") }
    #expect(error?.problem.contains("0×1") == true)
  }

  @Test(arguments: [
    (nil, 100, 61), (200, 100, 61), (61, 100, 61), (31, 50, 31), (17, 50, 31), (16, 25, 16), (1, 13, 8),
  ])
  func scaledDecodingKeepsTheShorterSide(minimum: Int?, width: Int, height: Int) throws {
    let whole = gradient(100, 61)
    let image = try Image(decoding: whole.jpeg(quality: 95), named: "photo", fitting: minimum)
    #expect(image.size == ImageSize(width: width, height: height))
    #expect(Difference(image, whole.resized(to: image.size)).mean < 12)
  }

  @Test func strayBytesDoNotSpoilAJPEG() throws {
    let file = gradient(24, 24).jpeg()
    let end = file.count - 2
    let stray = file[..<end] + [0, 1, 2, 3] + file[end...]
    let expected = try Image(decoding: file, named: "fine")
    #expect(try Image(decoding: Array(stray), named: "stray") == expected)
  }

  @Test(arguments: Orientation.allCases) func orientationsMoveTheCorner(_ orientation: Orientation) {
    // The Exif standard names, for every value, where the stored image's first row and first column are seen.
    var image = Image(width: 3, height: 2, color: [0])
    image.pixels[0] = 1  // row 0, column 0
    image.pixels[1] = 2  // row 0, column 1
    let turned = image.oriented(orientation)
    func place(_ value: UInt8) -> [Int] {
      let i = turned.pixels.firstIndex(of: value)!
      return [i % turned.width, i / turned.width]
    }
    let expected: [[Int]] =
      switch orientation {
      case .upright: [[0, 0], [1, 0]]
      case .mirrored: [[2, 0], [1, 0]]
      case .upsideDown: [[2, 1], [1, 1]]
      case .flipped: [[0, 1], [1, 1]]
      case .transposed: [[0, 0], [0, 1]]
      case .quarterClockwise: [[1, 0], [1, 1]]
      case .transversed: [[1, 2], [1, 1]]
      case .quarterCounterclockwise: [[0, 2], [0, 1]]
      }
    #expect([place(1), place(2)] == expected)
  }
}
