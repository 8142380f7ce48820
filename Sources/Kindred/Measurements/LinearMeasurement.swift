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
    let test = try context.testItems().filter { labeling.labels[$0] != nil }
    let train = context.source.split.train.filter { labeling.labels[$0] != nil }
    let rows = try context.imageEmbedders().map { name, embed in
      let probe = try LinearProbe().fit(
        try embed(train) { image, _ in image }, labels: train.map { labeling.labels[$0]! },
        classes: labeling.classes.count)
      let accuracy = try probe.accuracy(on: try embed(test) { image, _ in image }, labels: test.map { labeling.labels[$0]! })
      return Table.Row(name, [accuracy.top1, accuracy.top5])
    }
    return Table(
      "linear classifier on \(context.source.name), \(labeling.name) (\(labeling.classes.count) classes): "
        + "\(test.count) items kept for measuring, \(train.count) to learn from",
      columns: ["top-1", "top-5"], rows: rows)
  }
}
