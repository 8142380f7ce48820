/// A model and the source it is measured on, with the baselines that stand beside it.
public struct MeasurementContext {
  /// The model.
  public let model: TrainedModel
  /// The source.
  public let source: any ImageSource
  /// The items that could not be decoded so far, and are left out.
  public let broken: BrokenItems

  /// Creates a context.
  public init(model: TrainedModel, source: any ImageSource) {
    self.model = model
    self.source = source
    broken = BrokenItems(among: source.count)
  }

  private init(model: TrainedModel, source: any ImageSource, broken: BrokenItems) {
    (self.model, self.source, self.broken) = (model, source, broken)
  }

  /// The same with images that are decoded once, for views of a side.
  func cached(side: Int) -> MeasurementContext {
    MeasurementContext(model: model, source: PixelCache(source, side: side), broken: broken)
  }

  /// The same model with weights drawn from a seed: what training began with.
  var untrained: TrainedModel {
    TrainedModel(untrained: model.model.recipe, seed: 1, on: model.tree.device, precision: model.precision)
  }

  /// The items kept for measuring.
  ///
  /// - Throws: `InputError` when there are none.
  func testItems() throws -> [Int] { try Self.testItems(of: source) }

  /// The items that a source keeps for measuring.
  ///
  /// - Throws: `InputError` when there are none.
  static func testItems(of source: any ImageSource) throws -> [Int] {
    guard !source.split.test.isEmpty else {
      throw InputError(in: source.name, "has no items kept for measuring", remedy: "put some into a folder called test")
    }
    return source.split.test
  }

  /// Items as the model and the baselines see them: `vectors` are of `items` in their order, those left out that cannot
  /// be decoded.
  struct Embedded {
    let items: [Int]
    let vectors: [(name: String, vectors: Tensor)]
  }

  /// Embeds items, each image transformed first, by the model, by its raw pixels, and by the untrained model.
  ///
  /// - Throws: `InputError` when too many items cannot be decoded.
  func embedded(
    _ items: [Int], transform: @escaping @Sendable (Image, Int) -> Image = { image, _ in image }
  ) throws -> Embedded {
    let own = try model.embeddings(of: source, items: items, leavingOut: broken, transform: transform)
    guard items.isEmpty || !own.items.isEmpty else {
      throw InputError(in: source.name, "none of \(items.count) images can be decoded")
    }
    return Embedded(
      items: own.items,
      vectors: [
        ("model", own.vectors),
        ("raw pixels", try pixelEmbeddings(of: source, items: own.items, side: 32, transform: transform)),
        ("untrained", try untrained.embeddings(of: source, items: own.items, transform: transform)),
      ])
  }

  /// The labelled items kept for measuring, with their labels and what these are called.
  func labelledTest(_ name: String?) throws -> (items: Embedded, labels: [Int], labeling: String) {
    let labeling = try labeling(name)
    let (items, labels) = try labelled(testItems(), labeling, "kept for measuring")
    return (items, labels, "\(labeling.name) (\(labeling.classes.count) classes)")
  }

  /// The labelled items to learn from, with their labels.
  func labelledTrain(_ name: String?) throws -> (items: Embedded, labels: [Int]) {
    try labelled(source.split.train, labeling(name), "to learn from")
  }

  private func labelled(
    _ items: [Int], _ labeling: Labeling, _ part: String
  ) throws -> (items: Embedded, labels: [Int]) {
    let labelled = items.filter { labeling.labels[$0] != nil }
    guard !labelled.isEmpty else {
      throw InputError(
        in: source.name, "has no labelled items \(part)", remedy: "label some, or choose others by --label")
    }
    let embedded = try embedded(labelled)
    return (embedded, embedded.items.map { labeling.labels[$0]! })
  }

  /// The labels of a name, or the main ones.
  ///
  /// - Throws: `InputError` when there are none.
  func labeling(_ name: String?) throws -> Labeling { try Self.labeling(name, of: source) }

  /// The labels of a name, or the main ones, of a source.
  ///
  /// - Throws: `InputError` when there are none.
  static func labeling(_ name: String?, of source: any ImageSource) throws -> Labeling {
    guard let main = source.labelings.first else {
      throw InputError(in: source.name, "has no labels", remedy: "put images of a class into a folder of its name")
    }
    guard let name else { return main }
    guard let labeling = source.labelings.first(where: { $0.name == name }) else {
      let names = source.labelings.map(\.name).joined(separator: ", ")
      throw InputError(in: source.name, "has no labels called '\(name)'", remedy: "choose one of \(names)")
    }
    return labeling
  }
}
