/// Whether one model does better than another on the same items, and how sure that is.
///
/// Every item is measured by both models, and what is compared are the pairs: how hard an item is cancels out, and far
/// smaller differences show than two intervals side by side would tell. The means are the figures that the single
/// measurements give of each model.
public struct ModelComparison {
  /// What models can be compared by.
  public enum Measure: String, CaseIterable, Sendable {
    /// Whether an item's neighbours guess its class.
    case knn
    /// Whether a linear classifier on each model's embeddings does.
    case linear
    /// The average precision with which an item finds the others of its class.
    case ranking
    /// The average precision with which a text finds its images.
    case retrieval
    /// Whether the original of a distorted copy is the nearest image.
    case copies
  }

  let measure: Measure?
  let neighbors: NearestNeighbors
  private let label: String?
  private let seed: UInt64

  /// Enough that the smallest p-value there can be, 1/10,001, says something.
  private let bootstrap = Bootstrap(resamples: 10_000)

  /// Creates the comparison.
  ///
  /// - Parameters:
  ///   - measure: What to compare by; everything that the source and both models allow unless told.
  ///   - k: How many neighbours vote for an item's class.
  ///   - temperature: What cosine similarities are divided by.
  ///   - label: Which labels; the source's main ones unless told.
  ///   - seed: What copies are distorted from.
  public init(
    by measure: Measure? = nil, neighbors k: Int = 200, temperature: Double = 0.1, label: String? = nil,
    seed: UInt64 = 1
  ) {
    self.measure = measure
    neighbors = NearestNeighbors(k: k, weighting: .cosine(temperature: temperature))
    (self.label, self.seed) = (label, seed)
  }

  /// Compares two models on the test items of a source.
  ///
  /// - Parameter broken: Collects the items that cannot be decoded, which are left out for both models.
  /// - Throws: `InputError` when there is nothing to compare by as was asked for, a label is not known, or too many items
  ///   are broken.
  public func compare(
    _ first: (name: String, model: TrainedModel), _ second: (name: String, model: TrainedModel),
    on source: any ImageSource, leavingOut broken: BrokenItems
  ) throws -> PairedTable {
    func embedded(_ items: [Int]) throws -> PairOfEmbeddings {
      try PairOfEmbeddings(first.model, second.model, of: source, items: items, leavingOut: broken)
    }
    if measure == .retrieval, let silent = [first, second].first(where: { $0.model.model.textEncoder == nil }) {
      throw InputError(
        in: silent.name, "embeds images alone", remedy: "train one with 'kindred train clip' to compare by texts")
    }
    let test = try embedded(MeasurementContext.testItems(of: source))
    let labeling = try labeling(of: source)
    var rows = try labeling.map { try byClass(test, $0, of: source, embedded) } ?? []
    if wants(.retrieval) { rows += try searching(test, first.model, second.model, source) }
    if wants(.copies) {
      let recipe = CopyMeasurement.distortion
      let seed = seed
      let copies = try PairOfEmbeddings(
        first.model, second.model, of: source, items: test.items, leavingOut: broken
      ) { image, item in recipe.view(of: image, seed: seed, epoch: 0, index: item, view: 0) }
      rows.append(try finding(copies, among: test))
    }
    return table(first.name, second.name, source, labeling, rows)
  }

  /// Compares two sentence encoders on the labelled test texts of a source.
  ///
  /// - Throws: `InputError` when there is nothing to compare by as was asked for, or a label is not known.
  public func compare(
    _ first: (name: String, model: SentenceModel), _ second: (name: String, model: SentenceModel),
    on source: LabelledTexts
  ) throws -> PairedTable {
    if let measure, [.retrieval, .copies].contains(measure) {
      throw InputError(
        "texts are not compared by \(measure.rawValue)", remedy: "choose one of knn, linear and ranking")
    }
    let models = [first.model, second.model]
    let prompts = try models.map { try $0.prompt() }
    func embedded(_ items: [Int]) -> PairOfEmbeddings {
      let texts = source.texts(of: items)
      return PairOfEmbeddings(items: items, both: zip(models, prompts).map { $0.embeddings(of: texts, prompt: $1) })
    }
    let labeling = try MeasurementContext.labeling(label, of: source)
    let test = try embedded(MeasurementContext.testItems(of: source))
    return table(first.name, second.name, source, labeling, try byClass(test, labeling, of: source, embedded))
  }

  private func table(
    _ first: String, _ second: String, _ source: any ItemSource, _ labeling: Labeling?, _ rows: [PairedTable.Row]
  ) -> PairedTable {
    let labels = labeling.map { ", \($0.name) (\($0.classes.count) classes)" } ?? ""
    return PairedTable(
      title: "\(first) against \(second) on \(source.name)\(labels)", first: first, second: second, rows: rows)
  }

  /// The labels to compare by, where there are any or they are asked for.
  private func labeling(of source: any ItemSource) throws -> Labeling? {
    label != nil || !source.labelings.isEmpty || [.knn, .linear, .ranking].contains(measure)
      ? try MeasurementContext.labeling(label, of: source) : nil
  }

  /// What classes allow to compare by.
  private func byClass(
    _ test: PairOfEmbeddings, _ labeling: Labeling, of source: any ItemSource,
    _ embedded: ([Int]) throws -> PairOfEmbeddings
  ) throws -> [PairedTable.Row] {
    var rows: [PairedTable.Row] = []
    let test = try labelled(test.items, in: labeling, of: source, "kept for measuring", test.kept)
    if wants(.knn) || wants(.linear) {
      let train = try labelled(source.split.train, in: labeling, of: source, "to learn from") {
        try embedded(source.split.train.filter($0))
      }
      if wants(.knn) { rows.append(try guessing("kNN top-1", by: neighborVotes, test, train, labeling)) }
      if wants(.linear) { rows.append(try guessing("linear top-1", by: linearProbe, test, train, labeling)) }
    }
    if wants(.ranking) { rows += try ranking(test, labeling, of: source) }
    return rows
  }

  private func wants(_ measure: Measure) -> Bool { self.measure.map { $0 == measure } ?? true }

  func row(_ name: String, _ figures: [[Double]]) -> PairedTable.Row {
    PairedTable.Row(name, figures[0], figures[1], bootstrap)
  }

  /// The labelled ones of some items, which a closure embeds.
  private func labelled(
    _ items: [Int], in labeling: Labeling, of source: any ItemSource, _ part: String,
    _ embedded: ((Int) -> Bool) throws -> PairOfEmbeddings
  ) throws -> PairOfEmbeddings {
    guard items.contains(where: { labeling.labels[$0] != nil }) else {
      throw InputError(
        in: source.name, "has no labelled items \(part)", remedy: "label some, or choose others by --label")
    }
    return try embedded { labeling.labels[$0] != nil }
  }
}
