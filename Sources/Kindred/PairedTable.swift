/// Figures of two models on the same items, and how sure their differences are.
public struct PairedTable: Hashable, Sendable, Encodable {
  /// One figure.
  public struct Row: Hashable, Sendable, Encodable {
    /// What was measured.
    public let name: String
    /// On how many items, or queries.
    public let items: Int
    /// The means of the first and of the second model.
    public let first, second: Double
    /// The first mean less the second.
    public let difference: Double
    /// The 95 % bootstrap interval of the difference, lower and upper bound.
    public let interval: [Double]
    /// How often a difference this large would come about if both models were equally good.
    public let pValue: Double

    /// Compares figures that two models have of the same items, in the same order.
    init(_ name: String, _ first: [Double], _ second: [Double], _ bootstrap: Bootstrap) {
      let paired = bootstrap.compare(first, second)
      self.name = name
      items = first.count
      self.first = first.reduce(0, +) / Double(items)
      self.second = second.reduce(0, +) / Double(items)
      difference = paired.difference
      interval = [paired.interval.lowerBound, paired.interval.upperBound]
      pValue = paired.pValue
    }

    fileprivate var cells: [String] {
      let bounds = interval.map { Self.signed($0) }.joined(separator: " to ")
      let p = pValue < 0.001 ? Figures.fixed(pValue, digits: 4) : Figures.fixed(pValue, digits: 3)
      return [
        name, "\(items)", Figures.fixed(first, digits: 3), Figures.fixed(second, digits: 3), Self.signed(difference),
        bounds, p,
      ]
    }

    private static func signed(_ value: Double) -> String {
      let text = Figures.fixed(value, digits: 3)
      return text == "−0.000" ? "0.000" : value > 0 && text != "0.000" ? "+\(text)" : text
    }
  }

  /// Which models were compared, on what.
  public let title: String
  /// What the models are called.
  public let first, second: String
  /// The figures.
  public let rows: [Row]

  /// The table as text.
  public var text: String {
    let head = ["", "items"] + RunReporter.names(of: [first, second]) + ["difference", "95 % interval", "p"]
    return ([title] + aligned([head] + rows.map(\.cells))).joined(separator: "\n")
  }
}
