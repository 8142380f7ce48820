/// What there is to know of a source after looking at every item.
public struct SourceInspection: Sendable, Encodable {
  /// The number of items of a class.
  public struct ClassCount: Hashable, Sendable, Encodable {
    /// The name of the class.
    public let name: String
    /// Its items to learn from, and those kept for measuring.
    public let train, test: Int
  }

  /// The source's name.
  public let name: String
  /// Items in all, to learn from, and kept for measuring.
  public let items, train, test: Int
  /// The smallest and the largest width and height.
  public let smallest, largest: [Int]
  /// Items that have captions.
  public let captioned: Int
  /// The classes of every labeling, by its name.
  public let classes: [String: [ClassCount]]
  /// How the source was understood.
  public let notes: [String]
  /// How many parts of the source were left out when it was opened.
  public let leftOut: Int
  /// What is wrong with the first parts that were left out.
  public let remarks: [String]
  /// What is wrong with items that cannot be decoded.
  public let broken: [String]

  /// Decodes every image of a source.
  public init(of source: any ImageSource) {
    name = source.name
    items = source.count
    train = source.split.train.count
    test = source.split.test.count
    notes = source.notes
    leftOut = source.remarks.count
    remarks = source.remarks.first.map(\.description)
    captioned = (0..<source.count).count { !source.captions(of: $0).isEmpty }
    let testItems = Set(source.split.test)
    classes = Dictionary(
      uniqueKeysWithValues: source.labelings.map { labeling in
        var counts = labeling.classes.map { _ in (train: 0, test: 0) }
        for (item, label) in labeling.labels.enumerated() {
          guard let label else { continue }
          if testItems.contains(item) { counts[label].test += 1 } else { counts[label].train += 1 }
        }
        return (
          labeling.name, zip(labeling.classes, counts).map { ClassCount(name: $0, train: $1.train, test: $1.test) }
        )
      })
    var (low, high) = ([Int.max, Int.max], [0, 0])
    var broken: [String] = []
    for item in 0..<source.count {
      do {
        let image = try source.image(of: item)
        low = [min(low[0], image.width), min(low[1], image.height)]
        high = [max(high[0], image.width), max(high[1], image.height)]
      } catch { broken.append("\(error)") }
    }
    (smallest, largest) = (high == [0, 0] ? high : low, high)
    self.broken = broken
  }

  /// The findings as text.
  public var text: String {
    var lines = [
      "\(name): \(items) items, \(train) to learn from, \(test) kept for measuring",
      "sizes: \(smallest[0])×\(smallest[1]) to \(largest[0])×\(largest[1]) pixels",
    ]
    lines += notes
    if captioned > 0 { lines.append("captions: \(captioned) items have some") }
    for (name, counts) in classes.sorted(by: { $0.key < $1.key }) {
      lines.append("\(name): \(counts.count) classes")
      for count in counts.prefix(20) { lines.append("  \(count.name): \(count.train) + \(count.test)") }
      if counts.count > 20 { lines.append("  and \(counts.count - 20) more") }
    }
    if leftOut > 0 { lines.append("\(leftOut) part\(leftOut == 1 ? "" : "s") of the source left out:") }
    lines += remarks.prefix(20).map { "  \($0)" }
    lines.append(
      broken.isEmpty
        ? "every image can be decoded" : "\(broken.count) image\(broken.count == 1 ? "" : "s") cannot be decoded:")
    return (lines + broken.prefix(20).map { "  \($0)" }).joined(separator: "\n")
  }
}

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
