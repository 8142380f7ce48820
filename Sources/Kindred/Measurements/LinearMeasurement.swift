/// How well a linear classifier on the embeddings tells the classes.
public struct LinearMeasurement {
  private let label: String?

  /// Creates the measurement for some labels; the source's main ones unless told.
  public init(label: String?) {
    self.label = label
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
      let probe = try LinearProbe().fit(train.vectors, labels: trainLabels, classes: labeling.classes.count)
      let accuracy = try probe.accuracy(on: test.vectors, labels: testLabels)
      return Table.Row(test.name, [accuracy.top1, accuracy.top5])
    }
    return Table(
      "linear classifier on \(context.source.name), \(labeling.name) (\(labeling.classes.count) classes): "
        + "\(test.items.count) items kept for measuring, \(train.items.count) to learn from",
      columns: ["top-1", "top-5"], rows: rows)
  }
}
