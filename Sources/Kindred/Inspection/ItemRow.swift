/// A part of a source.
public enum Part: String, Hashable, Sendable, CaseIterable {
  /// Every item.
  case all
  /// The items to learn from.
  case train
  /// The items kept for measuring.
  case test
}

extension ImageSource {
  /// The items of a part, ascending.
  public func items(of part: Part) -> [Int] {
    switch part {
    case .all: Array(0..<count)
    case .train: split.train
    case .test: split.test
    }
  }
}

/// What is known of an item without decoding it.
public struct ItemRow: Hashable, Sendable, Encodable {
  /// Its number, title, classes and captions.
  public let item: Int
  /// What a person calls it.
  public let title: String
  /// Its class in every labeling; empty where it has none.
  public let labels: [String]
  /// Its texts.
  public let captions: [String]

  /// Looks an item up.
  public init(_ item: Int, of source: any ImageSource) {
    self.item = item
    title = source.title(of: item)
    labels = source.labelings.map { labeling in labeling.labels[item].map { labeling.classes[$0] } ?? "" }
    captions = source.captions(of: item).map(\.text)
  }
}
