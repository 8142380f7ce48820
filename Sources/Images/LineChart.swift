/// Curves over a common axis, in one panel or several side by side, to be looked at.
///
/// All panels show the same range of abscissas; that of the ordinates is a panel's own, and begins at 0 where that costs
/// little.
///
///     let chart = LineChart(title: "NT-Xent", panels: [.init("loss", x: "cosine", curves: curves)])
///     try Files.write("chart.png", bytes: chart.image(text: typeface).png())
public struct LineChart: Sendable {
  /// One curve.
  public struct Curve: Hashable, Sendable {
    /// What it is called in the legend; curves of one name in several panels have one colour.
    public let name: String
    /// The abscissas, rising.
    public let x: [Double]
    /// The ordinates; what is not finite is left out.
    public let y: [Double]

    /// Creates a curve.
    public init(_ name: String, x: [Double], y: [Double]) {
      precondition(x.count == y.count, "a curve takes as many ordinates as abscissas, got \(x.count) and \(y.count)")
      self.name = name
      self.x = x
      self.y = y
    }
  }

  /// A pair of axes with its curves.
  public struct Panel: Hashable, Sendable {
    /// What the ordinates are, above the panel.
    public let title: String
    /// What the abscissas are, below it.
    public let x: String
    /// The curves, drawn in this order.
    public let curves: [Curve]

    /// Creates a panel.
    public init(_ title: String, x: String, curves: [Curve]) {
      self.title = title
      self.x = x
      self.curves = curves
    }
  }

  /// The text at the head.
  public let title: String
  /// A second, smaller text under it, broken where it is too long or has line breaks.
  public let subtitle: String
  /// The panels, left to right.
  public let panels: [Panel]

  /// Creates a chart.
  public init(title: String, subtitle: String = "", panels: [Panel]) {
    precondition(!panels.isEmpty, "a chart needs a panel")
    self.title = title
    self.subtitle = subtitle
    self.panels = panels
  }

  /// The names of all curves, in their order.
  var names: [String] {
    panels.flatMap(\.curves).map(\.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

/// Round numbers that divide an axis.
struct Ticks {
  /// The numbers, rising, all within the range.
  let values: [Double]
  /// The texts beside them.
  let labels: [String]

  /// About `count` ticks at multiples of 1, 2 or 5 times a power of ten.
  init(_ range: ClosedRange<Double>, count: Int) {
    let span = range.upperBound - range.lowerBound
    var (step, decimals) = (1.0, 0)
    while step * Double(count) < span { step *= 10 }
    while step * Double(count) > span * 10 { (step, decimals) = (step / 10, decimals + 1) }
    if step / 5 * Double(count) >= span {
      (step, decimals) = (step / 5, decimals + (step <= 1 ? 1 : 0))
    } else if step / 2 * Double(count) >= span {
      (step, decimals) = (step / 2, decimals + (step <= 1 ? 1 : 0))
    }
    let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step + 1e-9).rounded(.down))
    let multiples = first <= last ? Array(first...last) : []
    values = multiples.map { Double($0) * step }
    labels = values.map { Self.text($0, decimals: decimals) }
  }

  /// A number with so many decimals, and a minus sign as printers have it.
  static func text(_ value: Double, decimals: Int) -> String {
    var power = 1
    for _ in 0..<decimals { power *= 10 }
    let scaled = Int((abs(value) * Double(power)).rounded())
    let fraction = "\(scaled % power)"
    let padded = String(repeating: "0", count: max(0, decimals - fraction.count)) + fraction
    return (value < 0 && scaled > 0 ? "−" : "") + "\(scaled / power)" + (decimals > 0 ? ".\(padded)" : "")
  }
}
