/// How well the labels of an image's nearest neighbours among the training items tell its own.
public struct NeighborMeasurement {
  /// How votes can be weighed.
  public static let variants = ["cosine", "euclidean"]

  private let neighbors: NearestNeighbors
  private let label: String?

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - k: How many neighbours vote: 200 as in lightly's benchmarks, 20 as in solo-learn's.
  ///   - temperature: What cosine similarities are divided by: 0.1, or 0.07 in solo-learn's.
  ///   - label: Which labels; the source's main ones unless told.
  ///   - variant: `cosine` votes exp(s/τ), `euclidean` votes 1/(d + ε).
  public init(neighbors k: Int, temperature: Double, label: String?, variant: String) {
    neighbors = NearestNeighbors(
      k: k, weighting: variant == "euclidean" ? .euclidean() : .cosine(temperature: temperature))
    self.label = label
  }

  /// Measures on the test items: training items vote, or where there are none, all other test items.
  public func measure(_ context: MeasurementContext) throws -> Table {
    if context.source.split.train.isEmpty { return try measureLeavingOneOut(context) }
    let labeling = try context.labeling(label)
    let test = try context.embedded(context.testItems())
    let train = try context.embedded(context.source.split.train)
    let (testLabels, trainLabels) = (test.items.map { labeling.labels[$0] }, train.items.map { labeling.labels[$0] })
    let rows = try zip(test.vectors, train.vectors).map { test, train -> Table.Row in
      let accuracy = try neighbors.evaluate(
        queries: test.vectors, labels: testLabels, gallery: train.vectors, galleryLabels: trainLabels,
        classes: labeling.classes.count)
      return Table.Row(test.name, [accuracy.top1, accuracy.top5])
    }
    return Table(
      "nearest neighbours on \(context.source.name), \(labeling.name) (\(labeling.classes.count) classes): "
        + "\(test.items.count) items kept for measuring, \(train.items.count) that vote",
      columns: ["top-1", "top-5"], rows: rows)
  }

  private func measureLeavingOneOut(_ context: MeasurementContext) throws -> Table {
    let classes = try context.labeling(label).classes.count
    let (items, labels, labeling) = try context.labelledTest(label)
    let rows = try items.vectors.map { name, vectors -> Table.Row in
      let accuracy = try neighbors.evaluateLeavingOneOut(vectors, labels: labels, classes: classes)
      return Table.Row(name, [accuracy.top1, accuracy.top5])
    }
    return Table(
      "nearest neighbours on \(context.source.name), \(labeling): \(labels.count) items, for each of which all others "
        + "vote",
      columns: ["top-1", "top-5"], rows: rows)
  }
}
