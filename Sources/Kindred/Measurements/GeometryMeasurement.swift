/// How embeddings lie on the sphere: whether views of one image agree, whether different images spread, and over how many
/// directions.
public struct GeometryMeasurement {
  private let count: Int
  private let label: String?
  private let seed: UInt64

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - count: How many items at most, spread evenly over those kept for measuring.
  ///   - label: By which labels items of a class are compared; the source's main ones, if there are any, unless told.
  ///   - seed: What views are drawn from.
  public init(count: Int = 1000, label: String? = nil, seed: UInt64 = 1) {
    (self.count, self.label, self.seed) = (count, label, seed)
  }

  /// Measures a model on test items: they are aligned if two views of an image by SimCLR's recipe lie together.
  public func measure(_ context: ImageContext) throws -> Table {
    let side = context.model.model.recipe.preprocessing.side
    let items = try chosen(MeasurementContext.testItems(of: context.source))
    let recipe = ViewRecipe.simCLRLarge(size: side)
    let plain = try context.embedded(items)
    let views = try (0..<2).map { view in
      try context.embedded(plain.items, seenAs: ItemView(recipe, seed: seed, view: view))
    }
    let labels = try labels(of: plain.items, in: context.source)
    return try table(
      context.source.name,
      plain.vectors.indices.map { place in
        row(
          plain.vectors[place].name, plain.vectors[place].vectors, labels,
          pairs: (views[0].vectors[place].vectors, views[1].vectors[place].vectors))
      }, items: plain.items.count)
  }

  /// Measures rows that are there already.
  public func measure(_ rows: EmbeddingSource) throws -> Table {
    let items = chosen(rows.split.test)
    return try table(
      rows.name, [row("embeddings", rows.rows(of: items), labels(of: items, in: rows))], items: items.count)
  }

  /// Measures a sentence encoder on test items.
  public func measure(_ texts: TextContext) throws -> Table {
    let items = try chosen(MeasurementContext.testItems(of: texts.source))
    let labels = try labels(of: items, in: texts.source)
    return try table(
      texts.source.name, texts.embedded(items).vectors.map { row($0.name, $0.vectors, labels) }, items: items.count)
  }

  /// Measures one side of pairs, and how well both sides agree.
  public func measure(_ pairs: EmbeddingPairs) throws -> Table {
    let items = chosen(Array(0..<pairs.first.shape[0]))
    let (first, second) = (pairs.first.items(at: items), pairs.second.items(at: items))
    let labels = pairs.classes.map { classes in items.map { classes[$0] } }
    return try table(
      pairs.name,
      [
        row("embeddings", first, labels, pairs: (first, second)),
        row("partners", second, labels, pairs: (first, second)),
      ],
      items: items.count)
  }

  private func chosen(_ items: [Int]) -> [Int] {
    let count = min(count, items.count)
    return (0..<count).map { items[$0 * items.count / count] }
  }

  private func labels(of items: [Int], in source: any ItemSource) throws -> [Int?]? {
    if label == nil, source.labelings.isEmpty { return nil }
    let labeling = try MeasurementContext.labeling(label, of: source)
    return items.map { labeling.labels[$0] }
  }

  private func row(
    _ name: String, _ rows: Tensor, _ labels: [Int?]?, pairs: (Tensor, Tensor)? = nil
  ) -> Table.Row {
    let (n, d) = (rows.shape[0], rows.shape[1])
    return Table.Row(
      name,
      [
        pairs.map { Geometry.alignment($0.0, $0.1) }, labels.flatMap { Geometry.classAlignment(of: rows, labels: $0) },
        Geometry.uniformity(of: rows), Geometry.leastUniformity(dimensions: d), Geometry.effectiveRank(of: rows),
        Double(min(n, d, Geometry.rankRows)), Geometry.meanDeviation(of: rows) * Double(d).squareRoot(),
      ])
  }

  private func table(_ name: String, _ rows: [Table.Row], items: Int) throws -> Table {
    guard items > 1 else {
      throw InputError(
        in: name, "has one item kept for measuring, and how items spread takes two", remedy: "measure on more of them")
    }
    return Table(
      "geometry on \(name): \(items) items kept for measuring",
      columns: ["alignment", "of classes", "uniformity", "at least", "rank", "at most", "spread"],
      rows: rows + [Table.Row("collapsed to a point", [0, 0, 0, nil, 1, nil, 0])])
  }
}
