import Basics
import Search
import Tensors

/// The embeddings that have a label, with their labels.
struct LabelledRows {
  /// `[N, D]`.
  let rows: Tensor

  /// One of 0 ..< classes for every row.
  let labels: [Int]

  /// Keeps those rows of `[N, D]` that have a label.
  ///
  /// - Parameter name: What a row is, for messages.
  /// - Throws: `InputError` when a row is not finite or none has a label.
  init(_ rows: Tensor, _ labels: [Int?], classes: Int, name: String) throws {
    try rows.requireFiniteRows(name)
    precondition(rows.shape[0] == labels.count, "\(rows.shape[0]) rows need a label or nil each, got \(labels.count)")
    let places = labels.indices.filter { labels[$0] != nil }
    guard !places.isEmpty else {
      throw InputError(
        labels.isEmpty ? "there is no \(name) to compare" : "no \(name) of \(labels.count) has a label",
        remedy: "take a source with classes")
    }
    self.labels = places.map { labels[$0]! }
    for (place, label) in zip(places, self.labels) {
      precondition(0 <= label && label < classes, "the label of \(name) \(place) is \(label), of \(classes) classes")
    }
    self.rows = places.count == labels.count ? rows : rows.items(at: places)
  }
}
