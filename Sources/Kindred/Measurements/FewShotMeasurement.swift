/// How well a few labelled items of a class tell the class of others, over many draws.
public struct FewShotMeasurement {
  /// Which items the labelled ones are drawn from.
  public enum Part: String, CaseIterable, Sendable {
    /// Those kept for measuring, of which the others are asked: classes need not have been learned from.
    case test
    /// Those learned from; those kept for measuring are asked.
    case train
  }

  /// Episodes of a few classes.
  private static let trialsOfEpisodes = 600

  /// All classes and all the rest, which ask far more a trial.
  private static let trialsOfAll = 50

  private static let queriesOfEpisodes = 15

  private let episodes: Episodes
  private let part: Part
  private let label: String?

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - ways: How many classes an episode has; nil for all that have enough items.
  ///   - shots: How many labelled items a class has.
  ///   - queries: How many items of a class are asked; unless told 15, or of all classes all the rest.
  ///   - trials: How many episodes are drawn; unless told 600, or of all classes 50.
  ///   - part: Which items the labelled ones are drawn from.
  ///   - label: Which labels; the source's main ones unless told.
  ///   - seed: What the episodes are drawn from.
  public init(
    ways: Int? = nil, shots: Int = 1, queries: Int? = nil, trials: Int? = nil, from part: Part = .test, label: String?,
    seed: UInt64 = 1
  ) {
    episodes = Episodes(
      ways: ways, shots: shots, queries: queries ?? (ways == nil ? nil : Self.queriesOfEpisodes),
      trials: trials ?? (ways == nil ? Self.trialsOfAll : Self.trialsOfEpisodes), seed: seed)
    (self.part, self.label) = (part, label)
  }

  /// Measures a model on a source: all rows of the table answer the same episodes.
  public func measure(_ context: MeasurementContext) throws -> Table {
    let (test, labels, labeling) = try context.labelledTest(label)
    let train = part == .train ? try context.labelledTrain(label) : nil
    let drawn =
      try train.map { try episodes.drawn(labelled: $0.labels, asked: labels) } ?? episodes.drawn(from: labels)
    // Of one item the mean is the item itself.
    let classifiers = FewShotClassifier.allCases.filter { episodes.shots > 1 || $0 != .nearestMean }
    var rows = try test.vectors.indices.map { place in
      let asked = test.vectors[place].vectors
      let labelled = train?.items.vectors[place].vectors ?? asked
      return Table.Row(
        test.vectors[place].name,
        of: try classifiers.map { try $0.accuracies(on: drawn, labelled: labelled, asked: asked) })
    }
    let ways = drawn[0].classes.count
    rows.append(Table.Row("chance", classifiers.map { _ in 1 / Double(ways) }))
    let asked = drawn.map { Double($0.queries.joined().count) }.reduce(0, +) / Double(drawn.count)
    return Table(
      "\(ways)-way \(episodes.shots)-shot on \(context.source.name), \(labeling): \(drawn.count) trials of "
        + "\(Figures.short(asked)) items asked each, labelled ones \(part == .test ? "kept for measuring" : "learned from")",
      columns: classifiers.map(\.title), rows: rows)
  }
}

extension FewShotClassifier {
  fileprivate var title: String {
    switch self {
    case .nearestMean: "nearest mean"
    case .nearestNeighbor: "1-NN"
    case .linear: "linear"
    }
  }
}
