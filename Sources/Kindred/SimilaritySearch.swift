/// Search in the images of a source, by words or by an image: exact, every item is compared.
public struct SimilaritySearch {
  /// What was found for a query.
  public struct Answer: Hashable, Sendable, Encodable {
    /// One item found.
    public struct Hit: Hashable, Sendable, Encodable {
      /// The number of the item in its source.
      public let item: Int
      /// What a person calls it.
      public let title: String
      /// The cosine similarity to the query.
      public let similarity: Double
    }

    /// The query as it was asked.
    public let query: String
    /// The items, the nearest first.
    public let hits: [Hit]

    /// The answer as text.
    public var text: String {
      ([query] + hits.map { "  \(Figures.fixed($0.similarity, digits: 3))  \($0.title)" }).joined(separator: "\n")
    }
  }

  private let model: TrainedModel
  private let source: any ImageSource
  private let items: [Int]
  /// The items that could not be decoded and cannot be found.
  public let broken: BrokenItems
  private let index: ExactIndex

  /// Embeds the items that can be found.
  public init(model: TrainedModel, source: any ImageSource, items: [Int]) throws {
    guard !items.isEmpty else { throw InputError(in: source.name, "has no items to search in") }
    self.model = model
    self.source = source
    broken = BrokenItems(among: source.count)
    let embedded = try model.embeddings(of: source, items: items, leavingOut: broken)
    self.items = embedded.items
    index = try ExactIndex(vectors: embedded.vectors, titles: embedded.items.map(source.title))
  }

  /// Finds what is nearest to a query: words, or the path of an image.
  ///
  /// - Throws: `InputError` when the query is empty, or has words that the model knows nothing of.
  public func answer(_ query: String, count: Int) throws -> Answer {
    guard query.contains(where: { !$0.isWhitespace }) else {
      throw InputError("a QUERY is empty", remedy: "write words, or the path of an image")
    }
    let matches = try index.nearest(to: try embedding(of: query), count: count)[0]
    return Answer(
      query: query,
      hits: matches.map { Answer.Hit(item: items[$0.index], title: $0.title, similarity: $0.similarity) })
  }

  private func embedding(of query: String) throws -> Tensor {
    guard Files.exists(query), !Files.isFolder(query) else {
      guard model.model.textEncoder != nil else {
        throw InputError(
          in: query, "is no image, and this model knows no words",
          remedy: "name an image file, or train with 'kindred train clip'")
      }
      return try model.embeddings(of: [query])
    }
    return try model.embeddings(of: SingleImage(path: query))
  }

  /// Draws answers as rows of pictures.
  public func sheet(of answers: [Answer]) throws -> Image {
    let rows = try answers.map { answer in
      ContactSheet.Row(
        title: Files.exists(answer.query) ? Files.name(of: answer.query) : "“\(answer.query)”",
        cells: try answer.hits.map { ContactSheet.Cell(try source.image(of: $0.item), caption: $0.title) })
    }
    return ContactSheet(
      title: "\(source.name), searched", subtitle: "\(items.count) images; the nearest first", rows: rows,
      captionLines: 2
    ).image(text: try? Typeface.systemText())
  }
}

/// An image file as a source of one item.
private struct SingleImage: ImageSource {
  let path: String

  var name: String { path }
  var identity: String { path }
  var count: Int { 1 }
  var labelings: [Labeling] { [] }
  var split: Split { Split(train: [], test: [0]) }
  func title(of item: Int) -> String { path }
  func captions(of item: Int) -> [Caption] { [] }
  func image(of item: Int) throws -> Image { try Image(contentsOf: path) }
}
