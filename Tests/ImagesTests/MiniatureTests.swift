import Basics
import Images
import Testing

@Suite struct MiniatureTests {
  /// Clouds of colour: a few waves of random direction, as smooth as photos are.
  private func clouds(_ seed: Int, side: Int = 48) -> Image {
    var random = RandomStream(seed: 3, seed)
    let waves = (0..<9).map { _ in (0..<4).map { _ in Double(random.uniform()) } }
    var pixels: [UInt8] = []
    for y in 0..<side {
      for x in 0..<side {
        for channel in 0..<3 {
          let sum = waves[3 * channel..<3 * channel + 3].reduce(0.0) { sum, wave in
            let phase = 12 * ((wave[0] - 0.5) * Double(x) + (wave[1] - 0.5) * Double(y)) / Double(side)
            return sum + triangle(phase + wave[2])
          }
          pixels.append(UInt8(min(max(128 + 30 * sum, 0), 255)))
        }
      }
    }
    return Image(width: side, height: side, pixels: pixels)
  }

  /// A wave between −1 and 1 of period 2.
  private func triangle(_ x: Double) -> Double { 2 * abs((x / 2 - (x / 2).rounded()) * 2) - 1 }

  private func alike(_ one: Image, _ other: Image) -> Bool {
    Miniature(of: one).bytes.withUnsafeBytes { a in
      Miniature(of: other).bytes.withUnsafeBytes { b in Miniature.lookAlike(a, b) }
    }
  }

  private func distance(_ one: Image, _ other: Image) -> Int {
    PerceptualHash(of: Miniature(of: one)).distance(to: PerceptualHash(of: Miniature(of: other)))
  }

  /// The formulas, on the sixteen-fold image where every cell is one pixel.
  @Test func keepsLumaAndColour() {
    var random = RandomStream(seed: 1)
    let image = Image(width: 16, height: 16, pixels: (0..<768).map { _ in UInt8(random.integer(below: 256)) })
    let bytes = Miniature(of: image).bytes
    #expect(bytes.count == Miniature.byteCount)
    func pixel(_ x: Int, _ y: Int, _ c: Int) -> Double { Double(image.pixels[(y * 16 + x) * 3 + c]) }
    func luma(_ x: Int, _ y: Int) -> Double {
      0.299 * pixel(x, y, 0) + 0.587 * pixel(x, y, 1) + 0.114 * pixel(x, y, 2)
    }
    for y in 0..<16 { for x in 0..<16 { #expect(abs(Double(bytes[y * 16 + x]) - luma(x, y)) <= 1) } }
    for y in 0..<8 {
      for x in 0..<8 {
        var (blue, red) = (128.0, 128.0)
        for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
          blue += 0.564 * (pixel(2 * x + i, 2 * y + j, 2) - luma(2 * x + i, 2 * y + j)) / 4
          red += 0.713 * (pixel(2 * x + i, 2 * y + j, 0) - luma(2 * x + i, 2 * y + j)) / 4
        }
        #expect(abs(Double(bytes[256 + y * 8 + x]) - blue) <= 1.1)
        #expect(abs(Double(bytes[320 + y * 8 + x]) - red) <= 1.1)
      }
    }
  }

  @Test func findsCopies() throws {
    for seed in 0..<8 {
      let image = clouds(seed)
      var lighter = image
      lighter.adjustBrightness(by: 0.8)
      var flatter = image
      flatter.adjustContrast(by: 0.8)
      let compressed = try Image(decoding: image.jpeg(quality: 40), named: "copy.jpg")
      let small = image.resized(to: ImageSize(width: 24, height: 24))
      let wide = image.resized(to: ImageSize(width: 90, height: 60))
      for copy in [image, lighter, flatter, compressed, small, wide] {
        #expect(alike(image, copy), "seed \(seed)")
        #expect(distance(image, copy) <= 6, "seed \(seed)")
      }
    }
  }

  @Test func tellsOthersApart() {
    let images = (0..<12).map { clouds($0) }
    var distances: [Int] = []
    for one in images.indices {
      for other in images.indices where one < other {
        #expect(!alike(images[one], images[other]))
        distances.append(distance(images[one], images[other]))
      }
    }
    let mean = Double(distances.reduce(0, +)) / Double(distances.count)
    #expect((20...38).contains(mean), "unlike images differ in \(mean) bits")
    // Known limits, which the documentation says.
    #expect(!alike(images[0], images[0].flipped(.horizontal)))
    #expect(!alike(images[0], images[0].cropped(x: 5, y: 5, to: ImageSize(width: 38, height: 38))))
  }

  /// One bound each: the same drawing in another colour, and with another corner.
  @Test func comparesColourAndPlaces() {
    let gray = clouds(1).gray()
    var (red, spot) = (gray.color(), gray.color())
    for place in 0..<gray.pixels.count {
      red.pixels[3 * place] = UInt8(min(255, Int(red.pixels[3 * place]) + 40))
      if place % 48 < 4, place / 48 < 4 { for c in 0..<3 { spot.pixels[3 * place + c] ^= 128 } }
    }
    #expect(alike(gray, gray.color()))
    #expect(!alike(gray, red))
    #expect(!alike(gray, spot))
  }

  @Test func blankImagesLookLikeNone() {
    let blank = Image(width: 20, height: 10, color: [200, 10, 10])
    #expect(Miniature(of: blank).isBlank)
    #expect(!alike(blank, blank))
    #expect(!Miniature(of: clouds(0)).isBlank)
  }

  /// Against the sum as it is written.
  @Test func hashComparesTheLowestFrequencies() {
    let miniature = Miniature(of: clouds(5))
    let bits = PerceptualHash(of: miniature).bits
    var place = 63
    for sum in 1...10 {
      for k in 0...sum where place >= 0 {
        var total = 0.0
        for i in 0..<16 {
          for j in 0..<16 {
            total +=
              Double(miniature.bytes[16 * i + j]) * cosine(k * (2 * i + 1), 32) * cosine((sum - k) * (2 * j + 1), 32)
          }
        }
        if abs(total - 20) > 0.01 {
          #expect((bits >> UInt64(place)) & 1 == (total > 20 ? 1 : 0), "F(\(k), \(sum - k))")
        }
        place -= 1
      }
    }
  }

  /// cos(π·n/d), by the series of its own.
  private func cosine(_ n: Int, _ d: Int) -> Double {
    let turn = n % (2 * d)
    let x = Double.pi * Double(turn > d ? turn - 2 * d : turn) / Double(d)
    var (sum, term) = (1.0, 1.0)
    for k in 1..<20 {
      term *= -x * x / Double((2 * k - 1) * (2 * k))
      sum += term
    }
    return sum
  }
}
