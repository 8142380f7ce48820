/// Bars that lie side by side in groups, on white: figures of several things in several respects.
///
///     var chart = BarChart(title: "Movement", series: ["model", "raw pixels"])
///     chart.groups.append(.init("blur", [.init(0.04, interval: 0.03...0.05), .init(0.01)]))
///     try Files.write("chart.png", bytes: chart.image(text: typeface).png())
public struct BarChart: Sendable {
  /// One bar.
  public struct Bar: Hashable, Sendable {
    /// How long it is.
    public var value: Double

    /// Where the value lies for all that is known, as a thin line over the bar's end.
    public var interval: ClosedRange<Double>?

    /// Creates a bar.
    ///
    /// - Parameters:
    ///   - value: A finite number, 0 or more.
    ///   - interval: Where the value lies for all that is known.
    public init(_ value: Double, interval: ClosedRange<Double>? = nil) {
      precondition(value.isFinite && value >= 0, "a bar's length is finite and not below 0, not \(value)")
      (self.value, self.interval) = (value, interval)
    }
  }

  /// Bars with a common name.
  public struct Group: Hashable, Sendable {
    /// What stands beside the bars.
    public var name: String

    /// A bar for each series; nil where there is no figure.
    public var bars: [Bar?]

    /// Creates a group.
    public init(_ name: String, _ bars: [Bar?]) {
      (self.name, self.bars) = (name, bars)
    }
  }

  /// The text at the head.
  public var title: String

  /// A second, smaller text under it.
  public var subtitle: String

  /// The names of a group's bars, in their order: at most as many as `Palette.distinct` has colours.
  public var series: [String]

  /// The groups, from top to bottom.
  public var groups: [Group]

  /// What stands under the axis.
  public var axis: String

  /// Creates a chart.
  public init(title: String = "", subtitle: String = "", series: [String], groups: [Group] = [], axis: String = "") {
    precondition(
      (1...Palette.distinct.count).contains(series.count), "one to five series can be told apart, not \(series.count)")
    (self.title, self.subtitle, self.series, self.groups, self.axis) = (title, subtitle, series, groups, axis)
  }

  /// Draws the chart.
  ///
  /// - Parameter text: What writes the texts; without it the chart has none.
  public func image(text: (any TextDrawing)? = nil) -> Image {
    let layout = BarChartLayout(of: self, text: text)
    var image = Image(width: layout.size.width, height: layout.size.height, color: Ink.paper)
    layout.write(title, 22, Ink.black, x: layout.margin, y: layout.margin, in: &image)
    layout.write(subtitle, 13, Ink.gray, x: layout.margin, y: layout.subtitleTop, in: &image)
    drawLegend(layout, in: &image)
    drawScale(layout, in: &image)
    for (group, top) in zip(groups, layout.groupTops) {
      let middle = top + (layout.groupHeight - BarChartLayout.line(14)) / 2
      layout.write(group.name, 14, Ink.black, x: layout.zero - 10, y: middle, place: .end, in: &image)
      for (number, bar) in group.bars.enumerated() {
        guard let bar else { continue }
        draw(bar, Palette.distinct[number], y: top + number * layout.barPitch, layout, in: &image)
      }
    }
    return image
  }

  private func draw(_ bar: Bar, _ color: [UInt8], y: Int, _ layout: BarChartLayout, in image: inout Image) {
    let end = layout.x(of: bar.value)
    image.fill(x: layout.zero, y: y, width: end - layout.zero, height: layout.barHeight, with: color)
    var last = end
    if let interval = bar.interval {
      let (from, to) = (layout.x(of: max(0, interval.lowerBound)), layout.x(of: max(0, interval.upperBound)))
      let middle = y + layout.barHeight / 2
      image.fill(x: from, y: middle, width: to - from + 1, height: 1, with: Ink.black)
      for x in [from, to] {
        image.fill(x: x, y: middle - 2, width: 1, height: 5, with: Ink.black)
      }
      last = max(last, to)
    }
    let figure = Axis.text(bar.value, digits: 2)
    layout.write(figure, 11, Ink.gray, x: last + 5, y: y + (layout.barHeight - 11) / 2 - 1, in: &image)
  }

  private func drawLegend(_ layout: BarChartLayout, in image: inout Image) {
    var x = layout.zero
    for (name, color) in zip(series, Palette.distinct) {
      image.fill(x: x, y: layout.legendTop + 2, width: 12, height: 12, with: color)
      layout.write(name, 13, Ink.black, x: x + 18, y: layout.legendTop, in: &image)
      x += 18 + layout.width(of: name, 13) + 24
    }
  }

  private func drawScale(_ layout: BarChartLayout, in image: inout Image) {
    for tick in layout.axis.ticks {
      let x = layout.x(of: tick)
      image.fill(
        x: x, y: layout.plotTop, width: 1, height: layout.plotBottom - layout.plotTop,
        with: tick == 0 ? Ink.gray : Ink.line)
      layout.write(
        Axis.text(tick, digits: layout.axis.digits), 12, Ink.gray, x: x, y: layout.plotBottom + 4, place: .middle,
        in: &image)
    }
    layout.write(
      axis, 12, Ink.gray, x: layout.zero, y: layout.plotBottom + 4 + BarChartLayout.line(12), in: &image)
  }

  /// The colours of a chart.
  private enum Ink {
    static let paper: [UInt8] = [255, 255, 255]
    static let black: [UInt8] = [31, 35, 40]
    static let gray: [UInt8] = [101, 109, 118]
    static let line: [UInt8] = [222, 226, 230]
  }
}
