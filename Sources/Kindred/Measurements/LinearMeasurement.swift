/// How well a linear classifier on the embeddings tells the classes.
public struct LinearMeasurement {
  /// How a classifier can be fitted: the minimum by L-BFGS, or as a library or a paper does by SGD.
  public static let protocols = ["lbfgs", "lightly", "supcontrast", "simclr"]

  private let fitting: String
  private let inverseRegularization: Double
  private let label: String?
  private let seed: UInt64

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - fitting: One of `protocols`.
  ///   - inverseRegularization: C of `LinearProbe`; the protocols by SGD hold nothing down.
  ///   - label: Which labels; the source's main ones unless told.
  ///   - seed: What the orders of the protocols by SGD are drawn from.
  public init(_ fitting: String = "lbfgs", inverseRegularization: Double = 1, label: String?, seed: UInt64 = 1) {
    precondition(Self.protocols.contains(fitting), "there is no protocol '\(fitting)'")
    (self.fitting, self.inverseRegularization, self.label, self.seed) = (fitting, inverseRegularization, label, seed)
  }

  private func fit(_ rows: Tensor, _ labels: [Int?], classes: Int) throws -> LinearClassifier {
    let recipe: SGDProbe.Recipe
    switch fitting {
    case "lightly": recipe = .lightly
    case "supcontrast": recipe = .supContrast
    case "simclr": recipe = .simCLR
    default:
      return try LinearProbe(inverseRegularization: inverseRegularization).fit(rows, labels: labels, classes: classes)
    }
    return try SGDProbe(recipe, seed: seed).fit(rows, labels: labels, classes: classes)
  }

  /// Measures a model on the test items of a source.
  public func measure(_ context: MeasurementContext) throws -> Table { try findings(context).table }

  /// The same with where it errs: the wrong guesses that are held for most probable, and what is nearest to them.
  public func findings(_ context: MeasurementContext) throws -> Findings {
    let classes = try context.labeling(label).classes
    let (items, labels, name) = try context.labelledTest(label)
    let (train, trainLabels) = try context.labelledTrain(label)
    let guesses = try zip(items.vectors, train.vectors).map { test, train in
      let probe = try fit(train.vectors, trainLabels, classes: classes.count)
      return Findings.ClassGuesses(
        name: test.name, items: items.items, guesses: try probe.judgedGuesses(of: test.vectors, labels: labels),
        classes: classes)
    }
    let table = Table(
      "linear classifier (\(fitting)) on \(context.source.name), \(name): \(labels.count) items kept for measuring, "
        + "\(trainLabels.count) to learn from",
      columns: ["top-1", "top-5"], rows: guesses.map { Table.Row($0.name, $0.guesses) })
    return Findings(
      table, guesses: guesses,
      groups: [.surestErrors(guesses[0], items, labels, among: train, trainLabels, share: "probable")])
  }
}
