import Testing

@testable import Images

@Suite struct StrokeTests {
  private func drawn(
    _ points: [(x: Double, y: Double)], width: Double, columns: Range<Int> = 0..<20, rows: Range<Int> = 0..<10
  ) -> [[UInt8]] {
    var image = Image(width: 20, height: 10, color: [0])
    image.stroke(points, width: width, with: [200], columns: columns, rows: rows)
    return (0..<10).map { Array(image.pixels[20 * $0..<20 * $0 + 20]) }
  }

  @Test func aLevelLineCoversItsWidth() {
    let rows = drawn([(-5, 5), (25, 5)], width: 2)
    #expect(rows[4] == [UInt8](repeating: 200, count: 20) && rows[5] == rows[4])
    #expect(rows[3].allSatisfy { $0 == 0 } && rows[6].allSatisfy { $0 == 0 })
  }

  @Test func aLineBetweenPixelsIsSharedByThem() {
    // Half a pixel above row 5's middle: its own row wholly, and half of each neighbour's pixel is not reached.
    let rows = drawn([(-5, 5.25), (25, 5.25)], width: 2)
    #expect(rows[4][10] == 150 && rows[5][10] == 200 && rows[6][10] == 50)
  }

  @Test func whereALineMeetsItselfNothingDarkens() {
    let once = drawn([(2, 5.25), (18, 5.25)], width: 2)
    #expect(drawn([(2, 5.25), (18, 5.25), (2, 5.25)], width: 2) == once)
  }

  @Test func nothingIsDrawnOutsideTheGivenPart() {
    let rows = drawn([(0, 0), (20, 10)], width: 3, columns: 5..<15, rows: 2..<8)
    for (y, row) in rows.enumerated() {
      for (x, value) in row.enumerated() where !(5..<15).contains(x) || !(2..<8).contains(y) {
        #expect(value == 0, "at \(x), \(y)")
      }
    }
    #expect(rows[5][10] > 0)
  }

  @Test func aSteepLineThatLeavesTheImageIsDrawnWhereItIsInside() {
    let rows = drawn([(10, -1e9), (10, 1e9)], width: 2)
    #expect(rows.allSatisfy { $0[9] == 200 && $0[10] == 200 && $0[8] == 0 && $0[11] == 0 })
  }

  @Test func whatIsNotFiniteBreaksALine() {
    let rows = drawn([(2, 5), (6, 5), (.nan, 5), (14, 5), (18, 5)], width: 2)
    #expect(rows[5][4] == 200 && rows[5][16] == 200)
    #expect(rows[5][8...11].allSatisfy { $0 == 0 })
    #expect(drawn([(2, 5), (10, .infinity), (18, 5)], width: 2).allSatisfy { $0.allSatisfy { $0 == 0 } })
  }
}
