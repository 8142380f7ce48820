/// An item that a search found.
public struct Match: Hashable, Sendable, Codable {
  /// Where the item lies in the index.
  public let index: Int

  /// The cosine similarity with the query, −1 ... 1.
  public let similarity: Double

  /// What the item is called.
  public let title: String

  /// Creates a match.
  public init(index: Int, similarity: Double, title: String) {
    self.index = index
    self.similarity = similarity
    self.title = title
  }
}
