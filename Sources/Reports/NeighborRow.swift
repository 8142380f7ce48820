/// A query and what is nearest to it: items of a gallery, or texts.
public struct NeighborRow: Hashable, Sendable, Encodable {
  /// What is asked for, or found.
  public enum Subject: Hashable, Sendable {
    /// An item of the gallery.
    case item(Int)
    /// Words, and the items that they belong to.
    case text(String)

    fileprivate var item: Int? { if case .item(let item) = self { item } else { nil } }
    fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
  }

  /// Something that was found.
  public struct Hit: Hashable, Sendable, Encodable {
    /// The number of the item in its gallery, or nil.
    public let item: Int?
    /// The words, or nil.
    public let text: String?
    /// The cosine similarity to the query, in thousandths.
    public let similarity: Int
    /// Whether it belongs to the query: has its label, or its text; nil where nothing says so.
    public let isRight: Bool?
    /// At which place it was found, from 1; nil where it follows from the order.
    public let rank: Int?

    /// Creates a hit.
    public init(_ subject: Subject, similarity: Double, isRight: Bool?, rank: Int? = nil) {
      (item, text) = (subject.item, subject.text)
      self.similarity = similarity.isFinite ? Int((similarity * 1000).rounded()) : 0
      self.isRight = isRight
      self.rank = rank
    }
  }

  /// The item that is asked for, or nil.
  public let item: Int?

  /// The words that are asked for, or nil.
  public let text: String?

  /// What is to be said of the row, or nil.
  public let note: String?

  /// What was found, the nearest first.
  public let hits: [Hit]

  /// What should have been found, or nil.
  public let wanted: Hit?

  /// Creates a row.
  public init(_ query: Subject, note: String? = nil, hits: [Hit], wanted: Hit? = nil) {
    (item, text) = (query.item, query.text)
    self.note = note
    self.hits = hits
    self.wanted = wanted
  }
}
