/// What is wrong with sets of items that show the same.
public struct CopyFindings: Sendable {
  /// A set of items that show the same.
  public struct Group: Hashable, Sendable {
    /// The items, ascending.
    public let items: [Int]
    /// Whether some of them are learned from while others are measured on.
    public let isAcrossSplit: Bool
    /// The places of the labelings in which they have different classes.
    public let conflicts: [Int]
  }

  /// The sets, in the order of their first items.
  public let groups: [Group]

  /// How many items have another one that shows the same.
  public let itemCount: Int

  /// How many items that are measured on show the same as one that is learned from.
  public let leakedCount: Int

  /// In how many sets the items have different classes, for every labeling; an item without a class contradicts none.
  public let conflictCounts: [Int]

  /// Looks at sets of items of a source.
  ///
  /// - Parameters:
  ///   - groups: Sets of two or more items.
  ///   - source: What they are items of.
  public init(of groups: [[Int]], in source: any ImageSource) {
    let (train, test) = (Members(source.split.train, of: source.count), Members(source.split.test, of: source.count))
    let found = groups.map { items in
      Group(
        items: items, isAcrossSplit: items.contains(where: train.contains) && items.contains(where: test.contains),
        conflicts: source.labelings.indices.filter { place in
          Set(items.compactMap { source.labelings[place].labels[$0] }).count > 1
        })
    }
    self.groups = found
    itemCount = found.reduce(0) { $0 + $1.items.count }
    leakedCount = found.reduce(0) { $0 + ($1.isAcrossSplit ? $1.items.count(where: test.contains) : 0) }
    conflictCounts = source.labelings.indices.map { place in found.count { $0.conflicts.contains(place) } }
  }

  /// A set of items that takes a byte for each item of the source.
  private struct Members {
    private var flags: [Bool]

    init(_ items: [Int], of count: Int) {
      flags = Array(repeating: false, count: count)
      for item in items { flags[item] = true }
    }

    func contains(_ item: Int) -> Bool { flags[item] }
  }
}
