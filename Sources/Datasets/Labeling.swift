/// One way of sorting a source's items into classes.
public struct Labeling: Hashable, Sendable {
  /// What the classes are: `class`, `group`, `subgroup`.
  public let name: String

  /// The names of the classes.
  public let classes: [String]

  /// For every item the index of its class, or nil where the item has none.
  public let labels: Labels

  /// Creates a labeling.
  public init(name: String, classes: [String], labels: some Sequence<Int?>) {
    self.init(name: name, classes: classes, Labels(labels))
  }

  /// Creates a labeling from labels as they are kept.
  init(name: String, classes: [String], _ labels: Labels) {
    precondition(
      labels.allSatisfy { $0.map(classes.indices.contains) ?? true }, "a label is not among the classes")
    self.name = name
    self.classes = classes
    self.labels = labels
  }

  /// Creates a labeling from the names of the items' classes; the classes are in the order of their names' bytes.
  public init(name: String, naming items: [String?]) {
    let classes = Set(items.compactMap { $0 }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let indices = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    self.init(name: name, classes: classes, labels: items.map { $0.flatMap { indices[$0] } })
  }
}

extension Labeling {
  /// The labeling of more items, among which these begin at a place; the others have no class.
  func placed(at start: Int, of count: Int) -> Labeling {
    if start == 0, labels.count == count { return self }
    let before = Labels.none(start)
    let after = Labels.none(count - start - labels.count)
    return Labeling(name: name, classes: classes, Labels([before, labels, after].joined()))
  }

  /// A coarser labeling: what each class is called now, or that it is none.
  func renamed(_ name: String, _ names: [String?]) -> Labeling {
    let coarse = Labeling(name: name, naming: names)
    return Labeling(name: name, classes: coarse.classes, Labels(labels.lazy.map { $0.flatMap { coarse.labels[$0] } }))
  }
}

/// The classes of a source's items as indices, four bytes an item.
public struct Labels: Hashable, Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
  private let codes: [Int32]

  /// Creates labels from indices, −1 for none.
  init(codes: [Int32]) { self.codes = codes }

  /// Creates labels from indices, nil for none.
  public init(_ labels: some Sequence<Int?>) {
    codes = labels.map { $0.map(Int32.init) ?? -1 }
  }

  /// The labels of so many items that have none.
  static func none(_ count: Int) -> Labels { Labels(codes: Array(repeating: -1, count: count)) }

  /// Creates labels from indices, nil for none.
  public init(arrayLiteral elements: Int?...) {
    codes = elements.map { $0.map(Int32.init) ?? -1 }
  }

  /// The first item, 0.
  public var startIndex: Int { 0 }

  /// The number of items.
  public var endIndex: Int { codes.count }

  /// The index of an item's class, or nil where it has none.
  public subscript(item: Int) -> Int? {
    codes[item] < 0 ? nil : Int(codes[item])
  }
}
