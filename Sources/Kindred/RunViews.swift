/// What a method is shown of its data: originals beside their views, as the first epoch of a run makes them.
public struct RunViews {
  /// An image with its views.
  public struct Row {
    /// The number of the item in its source.
    public let item: Int
    /// What a person calls it.
    public let title: String
    /// The image, at most twice as large as the views.
    public let original: Image
    /// Every view that the method asks for, with what was chosen in words.
    public let views: [(image: Image, words: String)]
    /// A text that the method may be shown with it, or nil.
    public let caption: String?
  }

  /// The images with their views.
  public let rows: [Row]

  /// How the source calls itself.
  public let source: String

  /// Makes the views of a few items, spread over those to learn from; items that cannot be decoded are left out.
  ///
  /// - Parameters:
  ///   - recipe: What the method asks of the data.
  ///   - source: The data.
  ///   - seed: The seed of the run.
  ///   - count: How many items.
  public init(_ recipe: BatchRecipe, of source: any ImageSource, seed: UInt64, count: Int = 8) {
    let items = source.split.train
    let cache = PixelCache(source, side: recipe.side)
    rows = (0..<min(count, items.count)).compactMap { place in
      let item = items[place * items.count / min(count, items.count)]
      guard let image = try? cache.image(of: item) else { return nil }
      let views = recipe.views.enumerated().map { number, view in
        var stream = RandomStream(seed: seed, 0, item, number)
        let choice = view.sample(for: image.size, using: &stream)
        return (image: view.apply(choice, to: image), words: choice.description)
      }
      var stream = RandomStream(seed: seed, 0, item, -1)
      let caption = recipe.captions.flatMap { $0.text(of: source.captions(of: item), using: &stream) }
      return Row(item: item, title: source.title(of: item), original: image, views: views, caption: caption)
    }
    self.source = source.name
  }

  /// The views as one picture.
  public func sheet() -> Image {
    ContactSheet(
      title: "what is learned from \(source)", subtitle: "originals beside their views in the first epoch",
      rows: rows.map { row in
        ContactSheet.Row(
          title: row.title, detail: row.caption ?? "",
          cells: [ContactSheet.Cell(row.original, caption: "original")]
            + row.views.map { ContactSheet.Cell($0.image, caption: $0.words) })
      }, captionLines: 8
    ).image(text: try? Typeface.systemText())
  }
}
