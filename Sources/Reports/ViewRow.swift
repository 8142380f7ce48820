/// An image beside what a method is shown of it.
public struct ViewRow: Hashable, Sendable, Encodable {
  /// One view.
  public struct View: Hashable, Sendable, Encodable {
    /// The view.
    public let picture: PagePicture
    /// What was chosen for it, in words.
    public let words: String

    /// Creates a view.
    public init(_ picture: PagePicture, words: String) {
      (self.picture, self.words) = (picture, words)
    }
  }

  /// What a person calls the image.
  public let title: String

  /// A text that goes with it, or nil.
  public let caption: String?

  /// The image.
  public let original: PagePicture

  /// Its views.
  public let views: [View]

  /// Creates a row.
  public init(title: String, caption: String? = nil, original: PagePicture, views: [View]) {
    self.title = title
    self.caption = caption
    self.original = original
    self.views = views
  }
}
