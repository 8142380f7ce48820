/// How far each augmentation moves an image's embedding: what an encoder has learned to pass over, and what it still sees.
///
/// For every augmentation of SimCLR's study, and all of SimCLR's together: the distance of an image's embedding from that
/// of its changed self, as a share of the distance of two different images (`EmbeddingMovement`).
///
/// Source of the augmentations: Chen, Kornblith, Norouzi, Hinton. "A Simple Framework for Contrastive Learning of Visual
/// Representations." ICML 2020, section 3. <https://arxiv.org/abs/2002.05709> To measure what an encoder does not see:
/// Xiao, Wang, Efros, Darrell. "What Should Not Be Contrastive in Contrastive Learning." ICLR 2021.
/// <https://arxiv.org/abs/2008.05659>
public struct InvarianceMeasurement {
  private let count: Int
  private let seed: UInt64

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - count: How many items at most, spread evenly over those kept for measuring.
  ///   - seed: What the changes are drawn from.
  public init(count: Int = 1000, seed: UInt64 = 1) {
    (self.count, self.seed) = (count, seed)
  }

  /// Measures a model on test items of a source.
  ///
  /// Images are first brought to the model's size, as for embedding, and then changed; a crop is cut from the whole
  /// image, as in training.
  public func measure(_ context: ImageContext) throws -> Report {
    let side = context.model.model.recipe.preprocessing.side
    let context = context.scaled(toSide: side)
    let test = try MeasurementContext.testItems(of: context.source)
    let count = min(count, test.count)
    let chosen = (0..<count).map { test[$0 * test.count / count] }
    let originals = try context.embedded(chosen, seenAs: ItemView(.evaluation(size: side), seed: seed))
    guard originals.items.count > 1 else {
      throw InputError(
        in: context.source.name, "has one item kept for measuring, and distances between images take two",
        remedy: "keep more of them in a folder called test")
    }
    let movements = originals.vectors.map { EmbeddingMovement(of: $0.vectors) }
    let rows = try Self.changes(side: side).map { recipe in
      let changed = try context.embedded(originals.items, seenAs: ItemView(recipe, seed: seed))
      return Table.Row(recipe.name, of: zip(movements, changed.vectors).map { $0.figures(for: $1.vectors) })
    }
    return Report(
      source: context.source.name, items: originals.items.count, encoders: originals.vectors.map(\.name), rows: rows,
      meanDistances: movements.map(\.meanDistance))
  }

  /// The changes, each of which always happens: those of SimCLR at the strength that it has on ImageNet, whatever the
  /// size, so that models compare; the others of its study as they are usual.
  static func changes(side: Int) -> [ViewRecipe] {
    let size = ImageSize(square: side)
    let after: [(String, any Augmentation)] = [
      ("mirror", RandomFlip(.horizontal, probability: 1)),
      ("colours", ColorJitter(probability: 1, brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.2)),
      ("gray", RandomGrayscale(probability: 1)),
      ("blur", RandomBlur(probability: 1, sigma: 0.1...2, method: .tenthOfHeight)),
      ("right angles", RandomTurn(probability: 1, quarters: [1, 2, 3])),
      ("cutout", Cutout()),
      ("noise", RandomNoise(probability: 1)),
      ("edges", RandomSobel(probability: 1)),
    ]
    let crop = ViewRecipe(name: "crop", size: size, steps: [RandomResizedCrop(area: 0.08...1, filter: .bicubic)])
    let whole = ViewRecipe(
      name: "all of simclr", size: size, steps: ViewRecipe.simCLRLarge(size: side).steps.map(\.augmentation))
    return [crop] + after.map { ViewRecipe(name: $0, size: size, steps: [CenterCrop(), $1]) } + [whole]
  }

  /// What was found.
  public struct Report {
    let source: String
    let items: Int
    /// The model and what stands beside it.
    let encoders: [String]
    /// An augmentation each: the movement of every encoder's embeddings.
    let rows: [Table.Row]
    /// The mean distance of two different images of every encoder.
    let meanDistances: [Double]

    /// The figures, and in a last row what a movement of 1 is for each encoder.
    public var table: Table {
      Table(
        "movement of embeddings on \(source): 0 stays in its place, 1 goes as far as another image; \(items) items kept "
          + "for measuring",
        columns: encoders, rows: rows + [Table.Row("1 is a cosine distance of", meanDistances)])
    }

    /// The figures as bars, a group an augmentation.
    public func chart() -> Image {
      let groups = rows.map { row in
        BarChart.Group(
          row.name,
          encoders.indices.map { encoder in
            row.values[encoder].map { value in
              // A mean of distances is not below 0, but for rounding.
              BarChart.Bar(max(0, value), interval: row.intervals?[encoder].map { $0[0]...$0[1] })
            }
          })
      }
      return BarChart(
        title: "How far augmentations move embeddings", subtitle: "\(source), \(items) items kept for measuring",
        series: encoders, groups: groups, axis: "0: stays in its place    1: goes as far as another image"
      ).image(text: try? Typeface.systemText())
    }
  }
}
