import Images
import Testing

@Suite struct GeometryTests {
  @Test(arguments: [(3, 7), (7, 3), (4, 4), (1, 6)]) func paddingPutsTheImageInTheMiddleOfASquare(
    width: Int, height: Int
  ) {
    let image = noise(width, height)
    let square = image.padded()
    let side = max(width, height)
    #expect(square.size == ImageSize(square: side))
    let (x, y) = ((side - width) / 2, (side - height) / 2)
    #expect(square.cropped(x: x, y: y, to: image.size) == image)
    let white = square.pixels.count { $0 == 255 } - image.pixels.count { $0 == 255 }
    #expect(white == (side * side - width * height) * 3)
  }

  @Test(arguments: [(-2, -1), (0, 0), (3, 2), (5, -3), (9, 9), (-9, 0)]) func pastingLeavesOutWhatFallsOutside(
    x: Int, y: Int
  ) {
    var image = noise(6, 5)
    let before = image
    let patch = noise(4, 3, seed: 9)
    image.paste(patch, atX: x, y: y)
    for row in 0..<5 {
      for column in 0..<6 {
        let isInside = (x..<x + 4).contains(column) && (y..<y + 3).contains(row)
        let source = isInside ? patch.pixels[((row - y) * 4 + column - x) * 3] : before.pixels[(row * 6 + column) * 3]
        #expect(image.pixels[(row * 6 + column) * 3] == source)
      }
    }
  }

  @Test func mirroringMovesColumnsOrRows() {
    let image = Image(width: 3, height: 2, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    #expect(image.flipped(.horizontal).pixels == [3, 2, 1, 6, 5, 4])
    #expect(image.flipped(.vertical).pixels == [4, 5, 6, 1, 2, 3])
  }
}
