/// How well the classes are told after few labels have been learned: the whole encoder fine-tuned, beside the frozen one.
public struct FineTuningMeasurement {
  private let share: LabelledShare
  private let tuning: FineTuning
  private let label: String?

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - fraction: The share of each class's labels that is learned from.
  ///   - epochs: Passes over them; unless told SimCLR's 60 of 1 %, and 30 of more than 3 %.
  ///   - batch: Images a step.
  ///   - rate: The rate of a batch of 256.
  ///   - label: Which labels; the source's main ones unless told.
  ///   - seed: What the share, the orders, the crops and the new layer are drawn from.
  public init(
    fraction: Double, epochs: Int? = nil, batch: Int = 256, rate: Double = 0.05, label: String?, seed: UInt64 = 1
  ) {
    share = LabelledShare(fraction, seed: seed)
    tuning = FineTuning(
      epochs: epochs ?? FineTuning.epochs(ofShare: fraction), batch: batch, rate: rate, seed: seed)
    self.label = label
  }

  /// Measures a model on the test items of a source.
  ///
  /// - Parameter report: Told which row is at which epoch, with its loss.
  public func measure(
    _ images: ImageContext, report: (_ row: String, _ epochs: Int, _ loss: Double) -> Void = { _, _, _ in }
  ) throws -> Table {
    let context = MeasurementContext(images)
    let (test, testLabels, labeling) = try context.labelledTest(label)
    let all = try context.labeling(label)
    let candidates = context.source.split.train
    let chosen = share.places(of: candidates.map { all.labels[$0] }).map { candidates[$0] }
    guard !chosen.isEmpty else {
      throw InputError(in: context.source.name, "has no labelled items to learn from", remedy: "label some")
    }
    func tuned(_ name: String, _ model: TrainedModel) throws -> Table.Row {
      let classifier = try tuning.classifier(
        from: model, on: images.source, items: chosen, label: label, broken: images.broken
      ) { report(name, $0, $1) }
      let accuracy = try classifier.accuracy(
        on: images.source, items: test.items, labels: testLabels, leavingOut: images.broken)
      return Table.Row(name, [accuracy.top1, accuracy.top5])
    }
    let known = try context.embedded(chosen)
    let knownLabels = known.items.map { all.labels[$0] }
    let frozen = try zip(test.vectors, known.vectors).map { test, known -> Table.Row in
      let accuracy = try LinearProbe()
        .fit(known.vectors, labels: knownLabels, classes: all.classes.count)
        .accuracy(on: test.vectors, labels: testLabels)
      return Table.Row("\(test.name), frozen", [accuracy.top1, accuracy.top5])
    }
    return Table(
      "fine-tuned on \(Figures.percent(share.fraction)) of \(context.source.name), \(labeling): \(chosen.count) labelled "
        + "items to learn from, \(tuning.epochs) epochs; \(testLabels.count) items kept for measuring",
      columns: ["top-1", "top-5"],
      rows: [try tuned("model", images.model), try tuned("untrained", images.untrained)] + frozen)
  }
}
