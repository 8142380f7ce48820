import Basics

/// Where everything on a bar chart stands, in pixels.
struct BarChartLayout {
  let text: (any TextDrawing)?
  let axis: Axis

  let margin = 36
  let barHeight = 11
  /// From the top of one bar of a group to that of the next.
  let barPitch = 13
  let groupHeight: Int

  let subtitleTop, legendTop, plotTop, plotBottom: Int
  /// The column where bars begin.
  let zero: Int
  /// The tops of the groups' first bars.
  let groupTops: [Int]
  let size: ImageSize

  /// The pixels from 0 to the end of the axis.
  private let length = 560
  /// Between groups.
  private static let gap = 12

  init(of chart: BarChart, text: (any TextDrawing)?) {
    self.text = text
    let bars = chart.groups.flatMap(\.bars).compactMap(\.self)
    axis = Axis(upTo: bars.map { max($0.value, $0.interval?.upperBound ?? 0) }.max() ?? 0)

    func line(_ string: String, _ size: Double) -> Int { text == nil || string.isEmpty ? 0 : Self.line(size) }
    func width(_ string: String, _ size: Double) -> Int {
      Int((text?.width(of: string, size: size) ?? 0).rounded(.up))
    }
    zero = margin + (chart.groups.map { width($0.name, 14) }.max() ?? 0) + 10
    subtitleTop = margin + line(chart.title, 22)
    legendTop = subtitleTop + line(chart.subtitle, 13) + 14
    plotTop = legendTop + Self.line(13) + 10
    groupHeight = (chart.series.count - 1) * barPitch + barHeight
    let (first, step) = (plotTop + Self.gap, groupHeight + Self.gap)
    groupTops = chart.groups.indices.map { first + $0 * step }
    plotBottom = first + chart.groups.count * step
    let head = max(width(chart.title, 22), width(chart.subtitle, 13)) + margin
    size = ImageSize(
      width: max(zero + length + 40, head) + margin,
      height: plotBottom + 4 + Self.line(12) + line(chart.axis, 12) + margin)
  }

  /// The height of a line of text with the space below it.
  static func line(_ size: Double) -> Int { Int((size * 1.35).rounded(.up)) }

  /// The column of a value.
  func x(of value: Double) -> Int { zero + Int((value / axis.end * Double(length)).rounded()) }

  /// The width of a text.
  func width(of string: String, _ size: Double) -> Int {
    Int((text?.width(of: string, size: size) ?? 0).rounded(.up))
  }

  /// Which part of a text stands at the given column.
  enum Place { case start, middle, end }

  func write(
    _ string: String, _ size: Double, _ color: [UInt8], x: Int, y: Int, place: Place = .start, in image: inout Image
  ) {
    guard let text, !string.isEmpty else { return }
    let width = width(of: string, size)
    let indent = place == .start ? 0 : place == .middle ? width / 2 : width
    text.draw(string, size: size, color: color, at: x - indent, y: y, in: &image)
  }
}

/// An axis from 0 with ticks at numbers that people like: 1, 2 or 5 times a power of ten apart.
struct Axis: Hashable {
  /// From one tick to the next.
  let step: Double

  /// The places of the ticks, 0 first.
  let ticks: [Double]

  /// The digits that ticks need after the point.
  let digits: Int

  /// The last tick.
  var end: Double { ticks.last! }

  /// Makes an axis that reaches a value in four to ten steps.
  init(upTo value: Double) {
    let value = value > 0 ? value : 1
    var (power, digits) = (1.0, 0)
    while power * 10 <= value { power *= 10 }
    while power > value { (power, digits) = (power / 10, digits + 1) }
    // One to ten times the power: a fifth, a half or the whole of it.
    let (step, finer) = value <= 2 * power ? (power / 5, 1) : value <= 5 * power ? (power / 2, 1) : (power, 0)
    self.step = step
    self.digits = digits + (power > 1 ? 0 : finer)
    ticks = (0...Int((value / step - 1e-9).rounded(.up))).map { Double($0) * step }
  }

  /// A number with a set number of digits after the point.
  static func text(_ value: Double, digits: Int) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value * Double(scale)).rounded())
    guard digits > 0 else { return "\(scaled)" }
    let fraction = "\(scaled % scale)"
    return "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
  }
}
