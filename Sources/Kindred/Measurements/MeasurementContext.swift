/// Items to measure on, with their labels, and their embeddings by everything that is compared.
public struct MeasurementContext {
  /// What is known of the items.
  public let source: any ItemSource

  private let embed: (_ items: [Int]) throws -> EmbeddedItems

  /// The images of a source, as a model and its baselines see them.
  public init(_ images: ImageContext) {
    source = images.source
    embed = { try images.embedded($0) }
  }

  /// The texts of a source, as a sentence encoder and its baselines see them.
  public init(_ texts: TextContext) {
    source = texts.source
    embed = { texts.embedded($0) }
  }

  /// Embeddings that are there already, with nothing beside them.
  public init(_ arrays: EmbeddingSource) {
    source = arrays
    embed = { EmbeddedItems(items: $0, vectors: [("embeddings", arrays.rows(of: $0))]) }
  }

  /// The items kept for measuring.
  ///
  /// - Throws: `InputError` when there are none.
  func testItems() throws -> [Int] { try Self.testItems(of: source) }

  /// The items that a source keeps for measuring.
  ///
  /// - Throws: `InputError` when there are none.
  static func testItems(of source: any ItemSource) throws -> [Int] {
    guard !source.split.test.isEmpty else {
      throw InputError(
        in: source.name, "has no items kept for measuring",
        remedy: source is any ImageSource ? "put some into a folder called test" : "write test in a column called split"
      )
    }
    return source.split.test
  }

  /// Embeds items.
  ///
  /// - Throws: `InputError` when too many items cannot be decoded.
  func embedded(_ items: [Int]) throws -> EmbeddedItems { try embed(items) }

  /// The labelled items kept for measuring, with their labels and what these are called.
  func labelledTest(_ name: String?) throws -> (items: EmbeddedItems, labels: [Int], labeling: String) {
    let labeling = try labeling(name)
    let (items, labels) = try labelled(testItems(), labeling, "kept for measuring")
    return (items, labels, "\(labeling.name) (\(labeling.classes.count) classes)")
  }

  /// The labelled items to learn from, with their labels.
  func labelledTrain(_ name: String?) throws -> (items: EmbeddedItems, labels: [Int]) {
    try labelled(source.split.train, labeling(name), "to learn from")
  }

  private func labelled(
    _ items: [Int], _ labeling: Labeling, _ part: String
  ) throws -> (items: EmbeddedItems, labels: [Int]) {
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
  static func labeling(_ name: String?, of source: any ItemSource) throws -> Labeling {
    guard let main = source.labelings.first else {
      throw InputError(
        in: source.name, "has no labels",
        remedy: source is any ImageSource
          ? "put images of a class into a folder of its name" : "give it a column of classes called label")
    }
    guard let name else { return main }
    guard let labeling = source.labelings.first(where: { $0.name == name }) else {
      let names = source.labelings.map(\.name).joined(separator: ", ")
      throw InputError(in: source.name, "has no labels called '\(name)'", remedy: "choose one of \(names)")
    }
    return labeling
  }
}
