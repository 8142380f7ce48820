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
  public func measure(_ context: MeasurementContext) throws -> Table { try findings(context).table }

  /// The same with where it errs: the wrong guesses that have most votes, and what is nearest to them.
  public func findings(_ context: MeasurementContext) throws -> Findings {
    if context.source.split.train.isEmpty { return Findings(try measureLeavingOneOut(context)) }
    let labeling = try context.labeling(label)
    let (items, labels, name) = try context.labelledTest(label)
    let (train, voters) = try context.labelledTrain(label)
    let guesses = try zip(items.vectors, train.vectors).map { test, train in
      Findings.ClassGuesses(
        name: test.name, items: items.items,
        guesses: try neighbors.judgedGuesses(
          queries: test.vectors, labels: labels, gallery: train.vectors, galleryLabels: voters,
          classes: labeling.classes.count), classes: labeling.classes)
    }
    let table = Table(
      "nearest neighbours on \(context.source.name), \(name): \(labels.count) items kept for measuring, "
        + "\(voters.count) that vote",
      columns: ["top-1", "top-5"], rows: guesses.map { Table.Row($0.name, $0.guesses) })
    return Findings(
      table, guesses: guesses,
      groups: [.surestErrors(guesses[0], items, labels, among: train, voters, share: "of the votes")])
  }

  private func measureLeavingOneOut(_ context: MeasurementContext) throws -> Table {
    let classes = try context.labeling(label).classes.count
    let (items, labels, labeling) = try context.labelledTest(label)
    let rows = try items.vectors.map { name, vectors in
      Table.Row(name, try neighbors.judgedGuessesLeavingOneOut(vectors, labels: labels, classes: classes))
    }
    return Table(
      "nearest neighbours on \(context.source.name), \(labeling): \(labels.count) items, for each of which all others "
        + "vote",
      columns: ["top-1", "top-5"], rows: rows)
  }
}

extension Table.Row {
  /// A row of top-1 and top-5 accuracy.
  init(_ name: String, _ guesses: [ClassGuess]) {
    self.init(name, [1, 5].map { k in .share(of: guesses) { $0.isRight(among: k) } })
  }
}
