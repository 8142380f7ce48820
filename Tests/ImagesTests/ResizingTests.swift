import Images
import Testing

@Suite struct ResizingTests {
  @Test(arguments: ImageGoldens.shared.resizes) func agreesWithPillow(_ golden: ImageGoldens.Resize) throws {
    let image = try #require(ImageGoldens.shared.images[golden.image]).image
    let filter = try #require(ResizeFilter(rawValue: golden.filter))
    let expected = golden.output.image
    let box = golden.box.map { ImageBox(x: $0[0], y: $0[1], width: $0[2] - $0[0], height: $0[3] - $0[1]) }
    let result =
      golden.cropped == true
      ? image.cropped(to: box!, resizedTo: expected.size, filter: filter)
      : image.resized(to: expected.size, from: box, filter: filter)
    #expect(Difference(result, expected).largest <= 1)
  }

  /// The definition, in Double and without rounding between the axes: every output pixel is the weighted mean of the
  /// input under the filter, widened when the image shrinks.
  @Test(arguments: ResizeFilter.allCases, [(5, 3), (11, 19), (40, 2)])
  func agreesWithTheDefinition(filter: ResizeFilter, output: (width: Int, height: Int)) {
    func weight(_ distance: Double) -> Double {
      let x = abs(distance)
      switch filter {
      case .bilinear: return x < 1 ? 1 - x : 0
      case .bicubic where x < 1: return 1.5 * x * x * x - 2.5 * x * x + 1
      case .bicubic where x < 2: return -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2
      case .bicubic: return 0
      }
    }
    func weights(_ position: Int, _ input: Int, _ output: Int) -> [Double] {
      let scale = Double(input) / Double(output)
      let center = (Double(position) + 0.5) * scale
      let all = (0..<input).map { weight((Double($0) + 0.5 - center) / max(scale, 1)) }
      let sum = all.reduce(0, +)
      return all.map { $0 / sum }
    }
    let image = gradient(13, 9)
    let result = image.resized(to: ImageSize(width: output.width, height: output.height), filter: filter)
    for y in 0..<output.height {
      let rows = weights(y, 9, output.height)
      for x in 0..<output.width {
        let columns = weights(x, 13, output.width)
        for c in 0..<3 {
          var value = 0.0
          for (j, row) in rows.enumerated() {
            for (i, column) in columns.enumerated() {
              value += row * column * Double(image.pixels[(j * 13 + i) * 3 + c])
            }
          }
          let found = Double(result.pixels[(y * output.width + x) * 3 + c])
          #expect(abs(found - min(max(value, 0), 255)) <= 2, "\(x),\(y) channel \(c)")
        }
      }
    }
  }

  @Test(arguments: ResizeFilter.allCases) func sameSizeChangesNothing(filter: ResizeFilter) {
    let image = noise(9, 7)
    #expect(image.resized(to: image.size, filter: filter) == image)
  }

  @Test(arguments: ResizeFilter.allCases, [(1, 1), (1, 40), (40, 1), (2, 50)])
  func flatStaysFlatAtAnyShape(filter: ResizeFilter, shape: (width: Int, height: Int)) {
    let image = Image(width: shape.width, height: shape.height, color: [255, 0, 77])
    for target in [ImageSize(square: 1), ImageSize(width: 1, height: 30), ImageSize(width: 30, height: 2)] {
      #expect(
        image.resized(to: target, filter: filter)
          == Image(width: target.width, height: target.height, color: [255, 0, 77]))
    }
  }

  @Test func wholeCropsAreCopies() {
    let image = noise(12, 8)
    let box = ImageBox(x: 3, y: 2, width: 5, height: 4)
    let part = image.cropped(x: 3, y: 2, to: ImageSize(width: 5, height: 4))
    #expect(image.cropped(to: box, resizedTo: part.size) == part)
    #expect(part.pixels[0..<3].elementsEqual(image.pixels[(2 * 12 + 3) * 3..<(2 * 12 + 3) * 3 + 3]))
  }
}
