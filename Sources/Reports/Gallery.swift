public import Images

/// Pictures of a data set that several parts of a report refer to by their numbers.
///
/// Thumbnails lie side by side in one sheet, from left to right and from top to bottom: one image of a megabyte is far
/// less to a browser than a thousand.
public struct Gallery: Hashable, Sendable, Encodable {
  /// One way of sorting the items into classes; of all classes only those that occur.
  public struct Labels: Hashable, Sendable, Encodable {
    /// What the classes are.
    public let name: String
    /// The names of the classes.
    public let classes: [String]
    /// The class of every item, or nil.
    public let labels: [Int?]

    /// Creates labels from the classes' names, one an item; the classes come in the order of `order`.
    public init(name: String, of items: [String?], inOrderOf order: [String]) {
      let there = Set(items.compactMap { $0 })
      classes = order.filter(there.contains)
      let places = Dictionary(classes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      self.name = name
      labels = items.map { $0.flatMap { places[$0] } }
    }
  }

  /// What the items are, such as `photos/, kept for measuring`.
  public let name: String

  /// How many of the items, the first ones, are on maps; the others are seen elsewhere.
  public let mapped: Int

  /// What a person calls each item.
  public let titles: [String]

  /// How the items are labelled, the main way first.
  public let labels: [Labels]

  /// The thumbnails.
  public let sheet: PagePicture

  /// The height and width of a field of the sheet, and how many stand side by side.
  public let side, columns: Int

  /// The columns and rows that every thumbnail takes of its field, in whose middle it lies.
  public let widths, heights: [Int]

  /// Creates a gallery.
  ///
  /// - Parameters:
  ///   - name: What the items are.
  ///   - items: The title and the image of every item.
  ///   - mapped: How many of them are on maps.
  ///   - labels: How they are labelled.
  ///   - budget: How many bytes the sheet may take as text; thumbnails are made as small as that asks for.
  public init(
    name: String, items: [(title: String, image: Image)], mapped: Int, labels: [Labels], budget: Int = 3_000_000
  ) {
    precondition(!items.isEmpty && mapped <= items.count, "\(mapped) of \(items.count) items cannot be on a map")
    precondition(labels.allSatisfy { $0.labels.count == items.count }, "every item has a label or nil")
    self.name = name
    self.mapped = mapped
    titles = items.map { $0.title.count > 120 ? "…\($0.title.suffix(119))" : $0.title }
    self.labels = labels
    let columns = Int(Double(items.count).squareRoot().rounded(.up))
    let largest = items.map { max($0.image.width, $0.image.height) }.max()!
    var side = min(64, max(16, largest))
    var sheet = Self.sheet(of: items.map(\.image), side: side, columns: columns)
    while sheet.uri.utf8.count > budget, side > 16 {
      side = max(16, side * 3 / 4)
      sheet = Self.sheet(of: items.map(\.image), side: side, columns: columns)
    }
    (self.sheet, self.side, self.columns) = (sheet, side, columns)
    let sizes = items.map { Self.size(of: $0.image, side: side) }
    (widths, heights) = (sizes.map(\.width), sizes.map(\.height))
  }

  private static func sheet(of images: [Image], side: Int, columns: Int) -> PagePicture {
    let rows = (images.count + columns - 1) / columns
    var sheet = Image(width: columns * side, height: rows * side, color: [255, 255, 255])
    for (i, image) in images.enumerated() {
      let size = size(of: image, side: side)
      sheet.paste(
        image.color().resized(to: size), atX: i % columns * side + (side - size.width) / 2,
        y: i / columns * side + (side - size.height) / 2)
    }
    return PagePicture(sheet, quality: 85)
  }

  private static func size(of image: Image, side: Int) -> ImageSize {
    let scale = min(Double(side) / Double(max(image.width, image.height)), 8)
    return ImageSize(
      width: min(side, max(1, Int((Double(image.width) * scale).rounded()))),
      height: min(side, max(1, Int((Double(image.height) * scale).rounded()))))
  }
}
