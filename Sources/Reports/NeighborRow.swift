/// A query and the items of a gallery that are nearest to it.
public struct NeighborRow: Hashable, Sendable, Encodable {
  /// What is asked for.
  public enum Query: Hashable, Sendable {
    /// An item of the gallery.
    case item(Int)
    /// Words, and the items that they belong to.
    case text(String)
  }

  /// An item that was found.
  public struct Hit: Hashable, Sendable, Encodable {
    /// The number of the item in its gallery.
    public let item: Int
    /// The cosine similarity to the query, in thousandths.
    public let similarity: Int
    /// Whether it belongs to the query: has its label, or its text; nil where nothing says so.
    public let isRight: Bool?

    /// Creates a hit.
    public init(item: Int, similarity: Double, isRight: Bool?) {
      self.item = item
      self.similarity = similarity.isFinite ? Int((similarity * 1000).rounded()) : 0
      self.isRight = isRight
    }
  }

  /// The item that is asked for, or nil.
  public let item: Int?

  /// The words that are asked for, or nil.
  public let text: String?

  /// What was found, the nearest first.
  public let hits: [Hit]

  /// Creates a row.
  public init(_ query: Query, hits: [Hit]) {
    switch query {
    case .item(let item): (self.item, text) = (item, nil)
    case .text(let words): (item, text) = (nil, words)
    }
    self.hits = hits
  }
}
