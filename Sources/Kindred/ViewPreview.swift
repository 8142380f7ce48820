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

  /// Draws items spread over a source, each in a row: the original with the boxes that its views are cut from, and the
  /// views in frames of the same colours, each over what was chosen for it.
  public func sheet(of source: any ImageSource) throws -> Image {
    let step = max(1, source.count / count)
    let items = stride(from: 0, to: source.count, by: step).prefix(count)
    let broken = BrokenItems(among: source.count)
    let rows = try items.compactMap { item -> ContactSheet.Row? in
      guard let image = try broken.skipping(item, { try source.image(of: item) }) else { return nil }
      return row(image, item: item, title: source.title(of: item))
    }
    guard !rows.isEmpty else { throw InputError(in: source.name, "none of its images can be decoded") }
    let steps = recipe.steps.map(\.kind).joined(separator: " → ")
    return ContactSheet(
      title: "\(recipe.name) views of \(source.name)", subtitle: "\(steps), \(recipe.size) pixels, seed \(seed)",
      rows: rows, titlePlace: .top, thumbnail: 144, captionLines: 16, captionSize: 12
    ).image(text: try? Typeface.systemText())
  }

  private func row(_ image: Image, item: Int, title: String) -> ContactSheet.Row {
    let choices = Palette.distinct.indices.map { view in
      var stream = RandomStream(seed: seed, 0, item, view)
      return recipe.sample(for: image.size, using: &stream)
    }
    let outlines = zip(choices, Palette.distinct).compactMap { choice, color in
      choice.firstCrop.map { ContactSheet.Outline($0.box, color: color) }
    }
    let views = zip(choices, Palette.distinct).map { choice, color in
      ContactSheet.Cell(
        recipe.apply(choice, to: image), caption: Self.lines(choice.description), mark: .color(color))
    }
    let original = ContactSheet.Cell(image, caption: "\(image.width)×\(image.height)", outlines: outlines)
    return ContactSheet.Row(title: title, cells: [original] + views)
  }

  /// Every choice on a line of its own.
  private static func lines(_ description: String) -> String {
    description.isEmpty
      ? "unchanged"
      : description.split(separator: ";").joined(separator: "\n").split(separator: ",").reduce("") {
        // A comma within a place, such as 3,4, is no end of a choice.
        $0.isEmpty ? String($1) : $1.hasPrefix(" ") ? "\($0)\n\($1)" : "\($0),\($1)"
      }
  }
}

extension ViewParameters {
  /// The box that the view is cut from, where that is what comes first.
  fileprivate var firstCrop: Crop? { steps.lazy.compactMap { $0 }.first?.choice as? Crop }
}
