/// Items, with what is known of each without looking at it: its name, its labels, what it is used for.
///
/// Items are numbered from 0. Nothing of a source changes after it is opened, so any thread may ask it anything.
public protocol ItemSource: Sendable {
  /// What the source is, as a person would write it: `emoji`, `photos/`.
  var name: String { get }

  /// The number of items.
  var count: Int { get }

  /// The ways in which items are labelled, the main one first; empty where nothing is labelled.
  var labelings: [Labeling] { get }

  /// How the source itself divides its items, or how it must be divided so that the parts share nothing.
  var split: Split { get }

  /// What a person calls the item: a file's path, an emoji's name.
  func title(of item: Int) -> String
}
