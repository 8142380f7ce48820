import Testing

@testable import Images

@Suite struct BarChartTests {
  private let chart = BarChart(
    title: "Title", series: ["first", "second"],
    groups: [
      .init("a", [.init(0.5), .init(1, interval: 0.8...1.25)]), .init("b", [nil, .init(0)]),
      .init("c", [.init(0.25, interval: -0.1...0.3), nil]),
    ])

  /// The places of a colour: for every row that has it, its columns.
  private func rows(_ color: [UInt8], in image: Image) -> [Int: [Int]] {
    var rows: [Int: [Int]] = [:]
    for i in 0..<image.width * image.height where Array(image.pixels[3 * i..<3 * i + 3]) == color {
      rows[i / image.width, default: []].append(i % image.width)
    }
    return rows
  }

  @Test func barsAreAsLongAsTheirValues() throws {
    let image = chart.image()
    let layout = BarChartLayout(of: chart, text: nil)
    let blue = rows(Palette.distinct[0], in: image).filter { $0.key > layout.plotTop }
    let first = blue.filter { $0.key < layout.groupTops[1] }
    #expect(first.count == layout.barHeight)
    let length = try #require(first.values.first).count
    #expect(first.values.allSatisfy { $0 == Array(layout.zero..<layout.zero + length) })
    #expect(layout.x(of: 0.5) - layout.zero == length)
    #expect(abs(layout.x(of: 1) - layout.zero - 2 * length) <= 1)
    #expect(blue.keys.allSatisfy { !(layout.groupTops[1]..<layout.groupTops[2]).contains($0) }, "b has no first bar")
    let last = try #require(blue[layout.groupTops[2]])
    #expect(last.count == layout.x(of: 0.25) - layout.zero)
  }

  @Test func intervalsAreLinesOverTheEnds() throws {
    let image = chart.image()
    let layout = BarChartLayout(of: chart, text: nil)
    let black = rows([31, 35, 40], in: image)
    let middle = layout.groupTops[0] + layout.barPitch + layout.barHeight / 2
    #expect(black[middle] == Array(layout.x(of: 0.8)...layout.x(of: 1.25)))
    #expect(black[middle - 2] == [layout.x(of: 0.8), layout.x(of: 1.25)])
    // What lies below 0 is cut off there.
    #expect(black[layout.groupTops[2] + layout.barHeight / 2] == Array(layout.zero...layout.x(of: 0.3)))
    #expect(layout.size.width > layout.x(of: 1.25))
  }

  @Test(arguments: [
    (0.0, 0.2, 1.0, 1), (1, 0.2, 1, 1), (1.25, 0.2, 1.4, 1), (2, 0.2, 2, 1), (2.1, 0.5, 2.5, 1), (7, 1, 7, 0),
    (9.2, 1, 10, 0), (10, 2, 10, 0), (34, 5, 35, 0), (130, 20, 140, 0), (0.3, 0.05, 0.3, 2), (0.017, 0.002, 0.018, 3),
  ]) func axesHaveRoundSteps(value: Double, step: Double, end: Double, digits: Int) {
    let axis = Axis(upTo: value)
    #expect(abs(axis.step - step) < 1e-12)
    #expect(abs(axis.end - end) < 1e-9)
    #expect(axis.digits == digits)
    #expect((4...12).contains(axis.ticks.count))
    #expect(axis.ticks.first == 0)
  }

  @Test func numbersHaveTheirDigits() {
    #expect(Axis.text(0.054, digits: 2) == "0.05")
    #expect(Axis.text(1.999, digits: 2) == "2.00")
    #expect(Axis.text(12, digits: 0) == "12")
    #expect(Axis.text(1.05, digits: 1) == "1.1")
  }
}
