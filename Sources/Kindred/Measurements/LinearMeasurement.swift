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
  public func measure(_ context: MeasurementContext) throws -> Table {
    let labeling = try context.labeling(label)
    let test = try context.embedded(context.testItems().filter { labeling.labels[$0] != nil })
    let train = try context.embedded(context.source.split.train.filter { labeling.labels[$0] != nil })
    let (testLabels, trainLabels) = (test.items.map { labeling.labels[$0] }, train.items.map { labeling.labels[$0] })
    guard !testLabels.isEmpty, !trainLabels.isEmpty else {
      throw InputError(
        in: context.source.name,
        "has labels only among the items \(testLabels.isEmpty ? "to learn from" : "kept for measuring")",
        remedy: "label some of both")
    }
    let rows = try zip(test.vectors, train.vectors).map { test, train -> Table.Row in
      let probe = try fit(train.vectors, trainLabels, classes: labeling.classes.count)
      let accuracy = try probe.accuracy(on: test.vectors, labels: testLabels)
      return Table.Row(test.name, [accuracy.top1, accuracy.top5])
    }
    return Table(
      "linear classifier (\(fitting)) on \(context.source.name), \(labeling.name) (\(labeling.classes.count) classes): "
        + "\(test.items.count) items kept for measuring, \(train.items.count) to learn from",
      columns: ["top-1", "top-5"], rows: rows)
  }
}
