/// Whether one model does better than another on the same items, and how sure that is.
///
/// Every item is measured by both models, and what is compared are the pairs: how hard an item is cancels out, and far
/// smaller differences show than two intervals side by side would tell.
public struct ModelComparison {
  private let neighbors: NearestNeighbors
  private let label: String?

  /// Enough that the smallest p-value there can be, 1/10,001, says something.
  private let bootstrap = Bootstrap(resamples: 10_000)

  /// Creates the comparison.
  ///
  /// - Parameters:
  ///   - k: How many neighbours vote for an item's class.
  ///   - temperature: What cosine similarities are divided by.
  ///   - label: Which labels; the source's main ones unless told.
  public init(neighbors k: Int, temperature: Double, label: String?) {
    neighbors = NearestNeighbors(k: k, weighting: .cosine(temperature: temperature))
    self.label = label
  }

  /// Compares two models on the test items of a source: by labels where it has some, and by texts where it has some and
  /// both models know texts.
  ///
  /// - Parameters:
  ///   - broken: Collects the items that cannot be decoded, which are left out for both models.
  /// - Throws: `InputError` when there is nothing to compare by, a label is not known, or too many items are broken.
  public func compare(
    _ first: (name: String, model: TrainedModel), _ second: (name: String, model: TrainedModel),
    on source: any ImageSource, leavingOut broken: BrokenItems
  ) throws -> PairedTable {
    let test = try PairOfEmbeddings(
      first.model, second.model, of: source, items: MeasurementContext.testItems(of: source), leavingOut: broken)
    var rows: [PairedTable.Row] = []
    var labeling: Labeling?
    if label != nil || !source.labelings.isEmpty {
      let chosen = try MeasurementContext.labeling(label, of: source)
      labeling = chosen
      rows += try guessing(test, chosen, first.model, second.model, source, broken)
      rows += try ranking(test, chosen)
    }
    rows += try searching(test, first.model, second.model, source)
    guard !rows.isEmpty else {
      throw InputError(
        in: source.name, "has no labels or texts to compare by",
        remedy: "put images of a class into a folder of its name")
    }
    let labels = labeling.map { ", \($0.name) (\($0.classes.count) classes)" } ?? ""
    return PairedTable(
      title: "\(first.name) against \(second.name) on \(source.name)\(labels)", first: first.name, second: second.name,
      rows: rows)
  }

  /// Whether an item's neighbours among those to learn from guess its class.
  private func guessing(
    _ test: PairOfEmbeddings, _ labeling: Labeling, _ first: TrainedModel, _ second: TrainedModel,
    _ source: any ImageSource, _ broken: BrokenItems
  ) throws -> [PairedTable.Row] {
    let test = test.kept { labeling.labels[$0] != nil }
    let voters = source.split.train.filter { labeling.labels[$0] != nil }
    guard !test.items.isEmpty, !voters.isEmpty else { return [] }
    let gallery = try PairOfEmbeddings(first, second, of: source, items: voters, leavingOut: broken)
    let labels = gallery.items.map { labeling.labels[$0] }
    func rightness(_ queries: Tensor, _ gallery: Tensor) throws -> [Double] {
      try zip(
        test.items,
        neighbors.guesses(queries: queries, gallery: gallery, galleryLabels: labels, classes: labeling.classes.count)
      ).map { $1 == labeling.labels[$0] ? 1 : 0 }
    }
    return [
      PairedTable.Row(
        "kNN top-1", try rightness(test.first, gallery.first), try rightness(test.second, gallery.second), bootstrap)
    ]
  }

  /// The average precision with which an item finds the others of its class.
  private func ranking(_ test: PairOfEmbeddings, _ labeling: Labeling) throws -> [PairedTable.Row] {
    let test = test.kept { labeling.labels[$0] != nil }
    let labels = test.items.map { labeling.labels[$0]! }
    guard Set(labels).count < labels.count else { return [] }
    func precision(_ vectors: Tensor) throws -> [Double] {
      try Retrieval().rankings(queries: vectors, gallery: vectors, relevance: .labelsLeavingOneOut(labels))
        .compactMap { $0?.averagePrecision }
    }
    return [PairedTable.Row("MAP, same class", try precision(test.first), try precision(test.second), bootstrap)]
  }

  /// The average precision with which a text finds its images.
  private func searching(
    _ test: PairOfEmbeddings, _ first: TrainedModel, _ second: TrainedModel, _ source: any ImageSource
  ) throws -> [PairedTable.Row] {
    guard first.model.textEncoder != nil, second.model.textEncoder != nil else { return [] }
    let test = test.kept { !source.captions(of: $0).isEmpty }
    guard !test.items.isEmpty else { return [] }
    return try TextQueries.allCases.map { queries in
      let pairing = TextPairing(test.items.map { queries.text(of: source.captions(of: $0)) })
      func precision(_ model: TrainedModel, _ images: Tensor) throws -> [Double] {
        try Retrieval().rankings(
          queries: try model.embeddings(of: pairing.texts), gallery: images, relevance: .lists(pairing.itemsOfText)
        ).compactMap { $0?.averagePrecision }
      }
      return PairedTable.Row(
        "MAP, \(queries.rawValue) → image", try precision(first, test.first), try precision(second, test.second),
        bootstrap)
    }
  }
}

/// Embeddings of the same items by two models.
private struct PairOfEmbeddings {
  let items: [Int]
  let first, second: Tensor

  init(items: [Int], first: Tensor, second: Tensor) {
    (self.items, self.first, self.second) = (items, first, second)
  }

  /// Embeds items, leaving out those that one of the models cannot see.
  init(
    _ first: TrainedModel, _ second: TrainedModel, of source: any ImageSource, items: [Int],
    leavingOut broken: BrokenItems
  ) throws {
    let seen = try first.embeddings(of: source, items: items, leavingOut: broken)
    let both = try second.embeddings(of: source, items: seen.items, leavingOut: broken)
    guard !both.items.isEmpty else {
      throw InputError(in: source.name, "none of \(items.count) images can be decoded")
    }
    self.items = both.items
    self.first = seen.vectors.items(at: Self.places(of: both.items, in: seen.items))
    self.second = both.vectors
  }

  /// The items that a condition holds for.
  func kept(_ condition: (Int) -> Bool) -> PairOfEmbeddings {
    let places = items.indices.filter { condition(items[$0]) }
    return PairOfEmbeddings(
      items: places.map { items[$0] }, first: first.items(at: places), second: second.items(at: places))
  }

  private static func places(of items: [Int], in all: [Int]) -> [Int] {
    let kept = Set(items)
    return all.indices.filter { kept.contains(all[$0]) }
  }
}
