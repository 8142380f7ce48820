import Basics

/// One few-shot task: some labelled items of some classes, and items whose class is asked.
public struct Episode: Hashable, Sendable, Codable {
  /// The classes that take part: a way each.
  public let classes: [Int]

  /// For every way, the places of its labelled items.
  public let support: [[Int]]

  /// For every way, the places of the items that are asked.
  public let queries: [[Int]]
}

/// How few-shot tasks are drawn: *N* ways, that is classes, of *K* shots, that is labelled items, each.
///
/// Trial *t* draws its classes from the stream named (seed, *t*), and each class *c* its items from (seed, *t*, *c*), without
/// putting back: any model is asked the same. Two kinds of tasks are usual:
///
/// - *N* ways of *K* shots and some queries a class: the episodes of the few-shot literature, from classes that were not
///   learned from.
/// - All classes, *K* labelled items of each, and all the rest asked.
///
/// A class takes part when it has *K* labelled items and one more to ask; others are never drawn. One that has fewer to ask
/// than `queries` has all of them asked.
///
/// Source: Vinyals, Blundell, Lillicrap, Kavukcuoglu, Wierstra. "Matching Networks for One Shot Learning." NeurIPS 2016,
/// section 4.1. <https://arxiv.org/abs/1606.04080>
public struct Episodes: Hashable, Sendable, Codable {
  /// *N*; nil for all classes that can take part.
  public let ways: Int?

  /// *K*.
  public let shots: Int

  /// How many items of a class are asked; nil for all the rest.
  public let queries: Int?

  /// How many episodes are drawn.
  public let trials: Int

  /// What they are drawn from.
  public let seed: UInt64

  /// Creates a way to draw.
  ///
  /// - Parameters:
  ///   - ways: Two or more; nil for all classes that can take part.
  ///   - shots: One or more.
  ///   - queries: One or more; 15 are usual. Nil for all the rest.
  ///   - trials: One or more; 600 are usual.
  ///   - seed: What all is drawn from.
  public init(ways: Int?, shots: Int, queries: Int?, trials: Int, seed: UInt64 = 1) {
    precondition(ways.map { $0 > 1 } ?? true, "a task takes two classes or more, not \(ways ?? 0)")
    precondition(shots > 0, "a class takes one labelled item or more, not \(shots)")
    precondition(queries.map { $0 > 0 } ?? true, "a class takes one query or more, not \(queries ?? 0)")
    precondition(trials > 0, "there is one trial or more, not \(trials)")
    (self.ways, self.shots, self.queries, self.trials, self.seed) = (ways, shots, queries, trials, seed)
  }

  /// Draws episodes whose labelled and asked items are of one set.
  ///
  /// - Parameter labels: The class of every item, nil where it is not known.
  /// - Throws: `InputError` when too few classes have enough items.
  public func drawn(from labels: [Int?]) throws -> [Episode] {
    let members = Self.members(labels)
    let classes = try eligible(members.keys.filter { members[$0]!.count > shots }, of: members.count, items: shots + 1)
    return episodes(of: classes) { name, trial in
      let order = Self.shuffled(members[name]!, RandomStream(seed: seed, trial, name))
      return (Array(order.prefix(shots)), Array(order.dropFirst(shots).prefix(queries ?? order.count)))
    }
  }

  /// Draws episodes whose labelled items are of one set and those asked of another.
  ///
  /// - Parameters:
  ///   - labelled: The class of every item that may be drawn with its label, nil where it is not known.
  ///   - asked: The class of every item that may be asked.
  /// - Throws: `InputError` when too few classes have enough items.
  public func drawn(labelled: [Int?], asked: [Int?]) throws -> [Episode] {
    let (known, members) = (Self.members(labelled), Self.members(asked))
    let classes = try eligible(
      members.keys.filter { (known[$0] ?? []).count >= shots }, of: Set(known.keys).union(members.keys).count,
      items: shots)
    return episodes(of: classes) { name, trial in
      let support = Self.shuffled(known[name]!, RandomStream(seed: seed, trial, name)).prefix(shots)
      let queries = Self.shuffled(members[name]!, RandomStream(seed: seed, trial, name, 1)).prefix(queries ?? .max)
      return (Array(support), Array(queries))
    }
  }

  private func eligible(_ classes: some Sequence<Int>, of count: Int, items: Int) throws -> [Int] {
    let classes = classes.sorted()
    guard classes.count >= ways ?? 2 else {
      throw InputError(
        "\(ways ?? 2) ways of \(shots) \(shots == 1 ? "shot" : "shots") take as many classes with \(items) "
          + "\(items == 1 ? "item" : "items") to draw from and some to ask; \(classes.count) of \(count) have them",
        remedy: "take fewer ways or shots")
    }
    return classes
  }

  private func episodes(
    of classes: [Int], _ draw: (_ name: Int, _ trial: Int) -> (support: [Int], queries: [Int])
  ) -> [Episode] {
    (0..<trials).map { trial in
      let ways = ways.map { Self.shuffled(classes, RandomStream(seed: seed, trial)).prefix($0).sorted() } ?? classes
      let items = ways.map { draw($0, trial) }
      return Episode(classes: ways, support: items.map(\.support), queries: items.map(\.queries))
    }
  }

  private static func members(_ labels: [Int?]) -> [Int: [Int]] {
    Dictionary(grouping: labels.indices.filter { labels[$0] != nil }, by: { labels[$0]! })
  }

  private static func shuffled(_ items: [Int], _ stream: RandomStream) -> [Int] {
    var stream = stream
    return stream.permutation(of: items.count).map { items[$0] }
  }
}
