extension LineChart {
  /// Draws the chart.
  ///
  /// - Parameters:
  ///   - panelSize: The size of the area within the axes of one panel, in pixels; all else is in proportion to it.
  ///   - text: What writes the texts; without it the chart has none.
  public func image(
    panelSize: ImageSize = ImageSize(width: 560, height: 400), text: (any TextDrawing)? = nil
  ) -> Image {
    let unit = Double(panelSize.height) / 400
    func px(_ length: Double) -> Int { Int((length * unit).rounded()) }
    let (left, gap, foot) = (px(76), px(36), px(92))
    let width = panels.count * (left + panelSize.width) + (panels.count - 1) * gap + px(28)
    let lines = subtitle.split(separator: "\n").flatMap {
      broken($0, within: Double(width - px(48))) { text?.width(of: $0, size: 14 * unit) ?? 0 }
    }
    let head = px(28 + 30) + lines.count * px(22)
    let xs = Self.range(panels.flatMap(\.curves).flatMap(\.x), padding: 0)
    var image = Image(width: width, height: head + px(34) + panelSize.height + foot, color: Paint.paper)

    text?.draw(title, size: 22 * unit, color: Paint.black, at: px(24), y: px(18), in: &image)
    for (i, line) in lines.enumerated() {
      text?.draw(line, size: 14 * unit, color: Paint.gray, at: px(24), y: px(50) + i * px(22), in: &image)
    }
    for (i, panel) in panels.enumerated() {
      let start = left + i * (left + panelSize.width + gap)
      let area = Area(x: start, y: head + px(34), width: panelSize.width, height: panelSize.height)
      draw(panel, over: xs, in: area, unit: unit, text: text, &image)
    }
    var x = left
    let y = image.height - px(32)
    for (i, name) in names.enumerated() {
      image.fill(x: x, y: y + px(7), width: px(22), height: max(px(3), 2), with: Paint.curves[i % Paint.curves.count])
      text?.draw(name, size: 14 * unit, color: Paint.black, at: x + px(28), y: y, in: &image)
      x += px(28 + 26) + Int((text?.width(of: name, size: 14 * unit) ?? 0).rounded(.up))
    }
    return image
  }

  private func draw(
    _ panel: Panel, over xs: ClosedRange<Double>, in area: Area, unit: Double, text: (any TextDrawing)?,
    _ image: inout Image
  ) {
    func px(_ length: Double) -> Int { Int((length * unit).rounded()) }
    let ys = Self.range(Self.withZero(panel.curves.flatMap(\.y)), padding: 0.04)
    func column(_ x: Double) -> Double {
      Double(area.x) + (x - xs.lowerBound) / (xs.upperBound - xs.lowerBound) * Double(area.width)
    }
    func row(_ y: Double) -> Double {
      Double(area.y + area.height) - (y - ys.lowerBound) / (ys.upperBound - ys.lowerBound) * Double(area.height)
    }
    text?.draw(panel.title, size: 16 * unit, color: Paint.black, at: area.x, y: area.y - px(28), in: &image)
    let (columns, rows) = (Ticks(xs, count: 6), Ticks(ys, count: 6))
    for (value, label) in zip(rows.values, rows.labels) {
      let y = Int(row(value).rounded())
      image.fill(
        x: area.x, y: y, width: area.width, height: 1, with: value == 0 ? Paint.gray : Paint.line)
      let width = text?.width(of: label, size: 13 * unit) ?? 0
      text?.draw(
        label, size: 13 * unit, color: Paint.gray, at: area.x - px(10) - Int(width.rounded()), y: y - px(9), in: &image)
    }
    for (value, label) in zip(columns.values, columns.labels) {
      let x = Int(column(value).rounded())
      image.fill(x: min(x, area.x + area.width - 1), y: area.y, width: 1, height: area.height, with: Paint.line)
      let width = text?.width(of: label, size: 13 * unit) ?? 0
      text?.draw(
        label, size: 13 * unit, color: Paint.gray, at: x - Int((width / 2).rounded()), y: area.y + area.height + px(6),
        in: &image)
    }
    image.frame(x: area.x, y: area.y, width: area.width, height: area.height, thickness: 1, with: Paint.gray)
    let width = text?.width(of: panel.x, size: 14 * unit) ?? 0
    text?.draw(
      panel.x, size: 14 * unit, color: Paint.black, at: area.x + (area.width - Int(width)) / 2,
      y: area.y + area.height + px(26), in: &image)
    for curve in panel.curves {
      let color = Paint.curves[(names.firstIndex(of: curve.name) ?? 0) % Paint.curves.count]
      let points = zip(curve.x, curve.y).map { (x: column($0), y: row($1)) }
      image.stroke(points, width: 2.4 * unit, with: color, columns: area.columns, rows: area.rows)
    }
  }

  /// The line in as many as it takes for none to be wider than a limit, where spaces allow it.
  private func broken(_ line: Substring, within limit: Double, width: (String) -> Double) -> [String] {
    line.split(separator: " ").reduce(into: []) { lines, word in
      let longer = lines.last.map { "\($0) \(word)" }
      if let longer, width(longer) <= limit { lines[lines.count - 1] = longer } else { lines.append(String(word)) }
    }
  }

  /// The numbers, and 0 where it is nearer to them than they are to each other.
  private static func withZero(_ values: [Double]) -> [Double] {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), low > 0 ? low < high - low : -high < high - low else {
      return values
    }
    return values + [0]
  }

  /// The range of the finite numbers, wider by a share at both ends; of none, or of equal ones, around them.
  private static func range(_ values: [Double], padding: Double) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return 0...1 }
    let span = high - low
    guard span > 1e-12 * max(abs(low), abs(high), 1e-3) else { return (low - 0.5)...(high + 0.5) }
    return (low - padding * span)...(high + padding * span)
  }

  /// The pixels within a panel's axes.
  private struct Area {
    let x, y, width, height: Int
    var columns: Range<Int> { x..<x + width }
    var rows: Range<Int> { y..<y + height }
  }

  /// The colours of a chart. Those of curves are told apart by most who see colours otherwise, and differ in lightness.
  ///
  /// Source: Wong. "Points of view: Color blindness." Nature Methods 8, 2011.
  private enum Paint {
    static let paper: [UInt8] = [255, 255, 255]
    static let black: [UInt8] = [31, 35, 40]
    static let gray: [UInt8] = [101, 109, 118]
    static let line: [UInt8] = [222, 226, 230]
    static let curves: [[UInt8]] = [
      [0, 114, 178], [213, 94, 0], [0, 158, 115], [204, 121, 167], [230, 159, 0], [86, 180, 233], [31, 35, 40],
    ]
  }
}
