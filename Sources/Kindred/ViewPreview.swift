/// A picture of what a method sees: originals beside random views of them, with the choices in words.
public struct ViewPreview {
  private let recipe: ViewRecipe
  private let count: Int
  private let seed: UInt64

  /// Creates a preview of a recipe.
  ///
  /// - Parameters:
  ///   - recipe: How views are made.
  ///   - count: How many items to show.
  ///   - seed: What the views are drawn from.
  public init(_ recipe: ViewRecipe, count: Int, seed: UInt64) {
    self.recipe = recipe
    self.count = count
    self.seed = seed
  }

  /// Draws items spread over a source, each in a row with five views.
  public func sheet(of source: any ImageSource) throws -> Image {
    let step = max(1, source.count / count)
    let items = stride(from: 0, to: source.count, by: step).prefix(count)
    let broken = BrokenItems(among: source.count)
    let rows = try items.compactMap { item -> ContactSheet.Row? in
      guard let image = try broken.skipping(item, { try source.image(of: item) }) else { return nil }
      let views = (0..<5).map { number in
        var stream = RandomStream(seed: seed, 0, item, number)
        let choice = recipe.sample(for: image.size, using: &stream)
        return ContactSheet.Cell(recipe.apply(choice, to: image), caption: choice.description)
      }
      return ContactSheet.Row(
        title: source.title(of: item), cells: [ContactSheet.Cell(image, caption: "original")] + views)
    }
    guard !rows.isEmpty else { throw InputError(in: source.name, "none of its images can be decoded") }
    return ContactSheet(
      title: "\(recipe.name) views of \(source.name)", subtitle: "\(recipe.size) pixels, seed \(seed)", rows: rows,
      captionLines: 8
    ).image(text: try? Typeface.systemText())
  }
}
