/// How often the original of a cropped, recoloured, blurred copy is found among all images kept for measuring.
///
/// It needs no labels, and it is what invariance to augmentations is for.
public struct CopyMeasurement {
  private let seed: UInt64

  /// Creates the measurement with the seed of the distortions.
  public init(seed: UInt64 = 1) {
    self.seed = seed
  }

  /// Measures a model on the test items of a source.
  public func measure(_ context: ImageContext) throws -> Table { try findings(context).table }

  /// The same with the copies whose originals were found last, and what was found instead.
  public func findings(_ context: ImageContext) throws -> Findings {
    let view = ItemView(Self.distortion, seed: seed)
    let originals = try context.embedded(MeasurementContext.testItems(of: context.source))
    let items = originals.items
    let copies = try context.embedded(items, seenAs: view)
    let relevant = items.indices.map { [$0] }
    var chance: Table.Row?
    var own: [QueryRanking?] = []
    let rows = try zip(copies.vectors, originals.vectors).map { copies, originals -> Table.Row in
      let all = try Retrieval().rankings(
        queries: copies.vectors, gallery: originals.vectors, relevance: .lists(relevant))
      if own.isEmpty { own = all }
      let rankings = all.compactMap(\.self)
      chance = Table.Row("chance", chanceOf: rankings, among: items.count)
      return Table.Row(copies.name, recallOf: rankings)
    }
    let table = Table(
      "copies on \(context.source.name): \(items.count) items kept for measuring", columns: Table.recallColumns,
      rows: rows + [chance!])
    let search = WorstQueries(
      queries: copies.vectors[0].vectors, gallery: originals.vectors[0].vectors, query: { .copy(items[$0]) },
      found: { .item(items[$0]) }, relevant: { [$0] })
    return Findings(
      table,
      groups: [
        Findings.Group(
          title: "Worst copies",
          note: "The copies whose originals were found last, and what was found. ✓ marks the original; where it is not "
            + "among the first, it stands at the end.",
          rows: search.rows(own, by: \.averagePrecision) { "original at rank \($0.firstRank)" })
      ], copy: { view($0, of: $1) })
  }

  /// The distortion: a crop of 30 to 100 % of the area, colours at SimCLR's full strength, gray at times, blur.
  static let distortion = ViewRecipe(
    name: "copies", size: ImageSize(square: 96),
    steps: [
      RandomResizedCrop(area: 0.3...1), RandomFlip(.horizontal),
      ColorJitter(probability: 1, brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.2),
      RandomGrayscale(probability: 0.2), RandomBlur(probability: 0.5, sigma: 0.1...2, method: .boxes),
    ])
}
