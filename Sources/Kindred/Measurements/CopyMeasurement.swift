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
  public func measure(_ context: ImageContext) throws -> Table {
    let originals = try context.embedded(MeasurementContext.testItems(of: context.source))
    let items = originals.items
    let copies = try context.embedded(items, seenAs: ItemView(Self.distortion, seed: seed))
    let relevant = items.indices.map { [$0] }
    var chance: RetrievalFigures?
    var rows = try zip(copies.vectors, originals.vectors).map { copies, originals -> Table.Row in
      let figures = try Retrieval().evaluate(queries: copies.vectors, gallery: originals.vectors, relevant: relevant)
      chance = figures
      return Table.Row(copies.name, [1, 5, 10].map { figures.recall[$0] } + [figures.medianRank])
    }
    if let chance { rows.append(Table.Row("chance", [1, 5, 10].map { chance.chance[$0] } + [nil])) }
    return Table(
      "copies on \(context.source.name): \(items.count) items kept for measuring",
      columns: ["recall@1", "recall@5", "recall@10", "median rank"], rows: rows)
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
