/// An image beside what a method is shown of it.
public struct ViewRow: Hashable, Sendable, Encodable {
  /// One view.
  public struct View: Hashable, Sendable, Encodable {
    /// The view.
    public let picture: Picture
    /// What was chosen for it, in words.
    public let words: String

    /// Creates a view.
    public init(_ picture: Picture, words: String) {
      (self.picture, self.words) = (picture, words)
    }
  }

  /// What a person calls the image.
  public let title: String

  /// A text that goes with it, or nil.
  public let caption: String?

  /// The image.
  public let original: Picture

  /// Its views.
  public let views: [View]

  /// Creates a row.
  public init(title: String, caption: String? = nil, original: Picture, views: [View]) {
    self.title = title
    self.caption = caption
    self.original = original
    self.views = views
  }
}
