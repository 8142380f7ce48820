/// How a loss changes as one negative comes nearer to an anchor, and how hard it pushes that negative away: how much a hard
/// negative weighs.
///
/// The loss is that of a small batch in which everything stands still but one row (`LossScene` says which), from a cosine
/// of −1 to the anchor to one of 1. The slope is the derivative by that one cosine, all others being held: of a
/// loss of one softmax an anchor it is the negative's share of the denominator, divided by the temperature and the number
/// of anchors. All in `float64`.
public struct LossPlot {
  private let entry: LossEntry
  private let choices: LossEvaluation.Choices
  private let scene: LossScene
  private let standard: Double?

  /// What is varied between the curves, if anything.
  public let parameter: String?
  /// Its values.
  public let values: [Double]

  /// Chooses what to draw.
  ///
  /// - Parameters:
  ///   - entry: The loss.
  ///   - choices: What holds for all curves.
  ///   - parameter: What is varied: unless given the temperature, the scale, the margin, or the loss's first parameter.
  ///   - values: Of the parameter; some around its default unless given.
  /// - Throws: `InputError` when the loss has no such parameter, or it cannot have such a value.
  public init(
    of entry: LossEntry, _ choices: LossEvaluation.Choices = .init(), varying parameter: String? = nil,
    values: [Double] = []
  ) throws {
    self.entry = entry
    let names = entry.description.parameters.map(\.name).filter { $0 != "centers" }
    var choices = choices
    // The scene has one centre a class.
    if entry.description.parameters.contains(where: { $0.name == "centers" }) { choices.numbers["centers"] = 1 }
    self.choices = choices
    if let parameter, !names.contains(parameter) {
      throw InputError(
        "\(entry.description.name) has no number '\(parameter)'",
        remedy: names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))")
    }
    let varied =
      parameter ?? ["temperature", "scale", "margin", "beta", "negative-tolerance"].first { names.contains($0) }
      ?? names.first
    self.parameter = varied
    let still = try LossEvaluation(of: entry, LossScene(entry, hasNegatives: true).data(similarity: 0), choices)
    scene = LossScene(entry, hasNegatives: still.compared.negatives.max > 0)
    guard let varied else {
      standard = nil
      guard values.isEmpty else {
        throw InputError("\(entry.description.name) has no number to vary", remedy: "leave out the values")
      }
      self.values = []
      return
    }
    if let wrong = values.first(where: { !entry.limit(of: varied).allows($0) }) {
      throw InputError(
        "\(varied) cannot be \(Figures.short(wrong))", remedy: "see 'kindred loss \(entry.description.name) --help'")
    }
    standard = still.parameters.first { $0.name == varied }?.value
    self.values =
      values.isEmpty ? Self.usual(varied, around: standard ?? 1).filter(entry.limit(of: varied).allows) : values
  }

  /// Values that show what a parameter does.
  private static func usual(_ parameter: String, around standard: Double) -> [Double] {
    if standard == 0 { return [0, 0.5, 1] }
    return switch parameter {
    case "temperature":
      ([0.05, 0.1, 0.2, 0.5, 1] + [standard]).sorted().reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    case "margin": [0.5, 0.75, 1, 1.5, 2].map { $0 * standard }
    case "degrees": [0.5, 0.75, 1, 1.25, 1.5].map { $0 * standard }
    default: [0.5, 1, 2, 4].map { $0 * standard }
    }
  }

  /// The chart: the loss, and its slope.
  public func chart() throws -> LineChart {
    let xs = stride(from: -200, through: 200, by: 1).map { Double($0) / 200 }
    var (losses, slopes): ([LineChart.Curve], [LineChart.Curve]) = ([], [])
    for value in values.isEmpty ? [Double.nan] : values {
      var choices = choices
      if let parameter { choices.numbers[parameter] = value }
      let name =
        parameter.map { "\($0) \(Figures.short(value))" + (value == standard ? " (default)" : "") }
        ?? entry.description.name
      let results = try xs.map { try LossEvaluation(of: entry, scene.data(similarity: $0), choices) }
      losses.append(.init(name, x: xs, y: results.map(\.loss)))
      // Where both are equal or opposite, no turn changes their cosine.
      let turned = zip(xs, results).filter { abs($0.0) < 1 }
      slopes.append(
        .init(
          name, x: turned.map(\.0),
          y: turned.map { s, result in scene.slope(result.gradients, similarity: s) }))
    }
    let formula = (entry.description.formula(choices.semantics ?? entry.semantics) ?? entry.description.formula)
      .split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(separator: ", ")
    return LineChart(
      title: entry.description.name, subtitle: "\(formula)\n\(scene.words)",
      panels: [
        .init("loss", x: scene.axis, curves: losses), .init(scene.slope, x: scene.axis, curves: slopes),
      ])
  }
}
