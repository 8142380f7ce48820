import Synchronization
import Testing

@testable import Images

/// Draws nothing, and remembers what it was asked to; a letter is half as wide as the text is high.
private final class Notes: TextDrawing {
  private let noted = Mutex<[(text: String, x: Int, y: Int)]>([])

  var lines: [(text: String, x: Int, y: Int)] { noted.withLock { $0 } }

  func draw(_ text: String, size: Double, color: [UInt8], at x: Int, y: Int, in image: inout Image) {
    noted.withLock { $0.append((text, x, y)) }
  }

  func width(of text: String, size: Double) -> Double { Double(text.count) * size / 2 }
}

@Suite struct LineChartTests {
  private let blue: [UInt8] = [0, 114, 178]
  private let red: [UInt8] = [213, 94, 0]

  private func chart(_ subtitle: String = "", _ curves: [LineChart.Curve]...) -> LineChart {
    LineChart(title: "title", subtitle: subtitle, panels: curves.map { .init("above", x: "below", curves: $0) })
  }

  private func column(_ x: Int, of image: Image, has color: [UInt8], above row: Int) -> [Int] {
    (0..<row).filter { Array(image.pixels[3 * ($0 * image.width + x)..<3 * ($0 * image.width + x) + 3]) == color }
  }

  @Test func aCurveRisesFromTheLowerLeftToTheUpperRight() throws {
    let image = chart("", [.init("one", x: [-1, 1], y: [0, 10])]).image()
    // The panel of 560 × 400 begins 76 from the left and ends 92 above the lower edge.
    let foot = image.height - 92
    let rows = try (0...4).map { k in
      try #require(column(80 + k * 135, of: image, has: blue, above: foot).first)
    }
    #expect(rows == rows.sorted(by: >))
    #expect(rows[0] > foot - 30 && rows[4] < foot - 370)
    // A line is straight: equal steps fall equally, within a pixel.
    #expect(zip(rows, rows.dropFirst()).allSatisfy { abs($0 - $1 - (rows[0] - rows[4]) / 4) <= 1 })
  }

  @Test func curvesOfOneNameHaveOneColourInAllPanels() {
    let one = LineChart.Curve("one", x: [0, 1], y: [1, 2])
    let two = LineChart.Curve("two", x: [0, 1], y: [1, 2])
    let text = Notes()
    let image = chart("", [one, two], [two]).image(text: text)
    #expect(text.lines.filter { $0.text == "two" }.count == 1)
    let right = 76 + 560 + 36 + 76
    #expect(!column(right + 280, of: image, has: red, above: image.height - 92).isEmpty)
    #expect(column(right + 280, of: image, has: blue, above: image.height - 92).isEmpty)
  }

  @Test func panelsShareTheirAbscissas() {
    let text = Notes()
    _ = chart("", [.init("one", x: [-1, 1], y: [0, 1])], [.init("one", x: [-0.5, 0.5], y: [0, 1])]).image(text: text)
    #expect(text.lines.filter { $0.text == "−1.0" }.count == 2)
    #expect(text.lines.filter { $0.text == "1.0" && $0.y > 400 }.count == 2)
  }

  @Test func whatIsNotFiniteIsLeftOut() {
    let text = Notes()
    _ = chart("", [.init("one", x: [0, 1, 2, 3], y: [1, .infinity, .nan, 2])]).image(text: text)
    #expect(text.lines.contains { $0.text == "2.0" })
    _ = chart("", [.init("none", x: [0, 1], y: [.nan, .nan])]).image(text: text)
    _ = chart("", [.init("level", x: [0, 1], y: [7, 7])]).image(text: text)
    #expect(text.lines.contains { $0.text == "7.0" })
    _ = chart("", []).image(text: text)
  }

  @Test func aLongSubtitleIsBroken() {
    let text = Notes()
    let short = chart("words", [.init("one", x: [0, 1], y: [0, 1])]).image(text: text)
    let words = (0..<60).map { "word\($0)" }.joined(separator: " ")
    let long = chart(words, [.init("one", x: [0, 1], y: [0, 1])]).image(text: text)
    let lines = text.lines.filter { $0.text.hasPrefix("word") && $0.text != "words" }
    #expect(lines.count > 1 && lines.map(\.text).joined(separator: " ") == words)
    #expect(lines.allSatisfy { text.width(of: $0.text, size: 14) <= Double(long.width - 48) })
    #expect(long.height == short.height + 22 * (lines.count - 1))
  }

  @Test(arguments: [
    (-1.0, 1.0, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]), (0.0, 140, ["0", "50", "100"]),
    (0.0, 0.04, ["0.00", "0.01", "0.02", "0.03", "0.04"]), (0.25, 0.35, ["0.26", "0.28", "0.30", "0.32", "0.34"]),
    (-3.0, 7, ["−2", "0", "2", "4", "6"]),
  ])
  func ticksAreRoundNumbers(low: Double, high: Double, labels: [String]) {
    #expect(Ticks(low...high, count: 6).labels == labels)
  }
}
