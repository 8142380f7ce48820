/// How often the right class was found.
public struct ClassificationAccuracy: Hashable, Sendable, Codable {
  /// The share of items whose class had a higher score than every other.
  public let top1: Double

  /// The share of items whose class was among the five with the highest scores.
  public let top5: Double

  /// The number of items that were counted.
  public let count: Int

  /// Creates an accuracy from how many other classes scored at least as high as the right one, one number an item.
  ///
  /// An equal score counts against the right class, so that a tie is never a success by luck: a model that gives all
  /// classes one score has an accuracy of 0. Without items both shares are 0.
  init(othersAhead: [Int]) {
    let share = { (n: Int) in Double(othersAhead.count { $0 < n }) / Double(Swift.max(othersAhead.count, 1)) }
    (top1, top5, count) = (share(1), share(5), othersAhead.count)
  }
}

/// Classes numbered 0, 1, … in the order of their labels.
struct Classes {
  let labels: [Int]
  private let numbers: [Int: Int]

  init(of labels: [Int?]) {
    self.labels = Set(labels.compactMap { $0 }).sorted()
    numbers = Dictionary(uniqueKeysWithValues: self.labels.enumerated().map { ($1, $0) })
  }

  subscript(label: Int) -> Int? { numbers[label] }
}
