/// How many items of each class there are.
public struct ClassBalance: Hashable, Sendable, Encodable {
  /// The number of items of a class.
  public struct Class: Hashable, Sendable, Encodable {
    /// The name of the class.
    public let name: String
    /// Its items to learn from, and those kept for measuring.
    public let train, test: Int
  }

  /// The classes, in the order of the labeling.
  public let classes: [Class]

  /// Items without a class.
  public let unlabelled: Int

  /// Counts the items of a labeling.
  init(of labeling: Labeling, in source: any ImageSource) {
    func counts(_ items: [Int]) -> [Int] {
      var counts = [Int](repeating: 0, count: labeling.classes.count)
      for item in items { if let label = labeling.labels[item] { counts[label] += 1 } }
      return counts
    }
    let (train, test) = (counts(source.split.train), counts(source.split.test))
    classes = labeling.classes.indices.map { Class(name: labeling.classes[$0], train: train[$0], test: test[$0]) }
    unlabelled = labeling.labels.count { $0 == nil }
  }

  /// The balance as lines of text: ranges, what is missing, and the classes, or the smallest and largest of many.
  func lines(named name: String) -> [String] {
    var lines = ["\(name): \(classes.count) classes, \(Self.range(classes.map(\.train))) to learn from"]
    if classes.contains(where: { $0.test > 0 }) { lines[0] += ", \(Self.range(classes.map(\.test))) for measuring" }
    lines[0] += " each"
    if unlabelled > 0 { lines.append("  \(unlabelled) images have none") }
    let unseen = classes.filter { $0.train == 0 && $0.test > 0 }
    if !unseen.isEmpty {
      lines.append("  \(unseen.count) are only measured on: \(Self.some(unseen.map(\.name)))")
    }
    if classes.count <= 20 { return lines + classes.map(Self.line) }
    let bySize = classes.sorted { $0.train + $0.test > $1.train + $1.test }
    return lines + bySize.prefix(5).map(Self.line) + ["  …"] + bySize.suffix(5).map(Self.line)
  }

  private static func line(_ entry: Class) -> String { "  \(entry.name): \(entry.train) + \(entry.test)" }

  private static func range(_ counts: [Int]) -> String {
    guard let least = counts.min(), let most = counts.max() else { return "none" }
    return least == most ? "\(least)" : "\(least) to \(most)"
  }

  private static func some(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
  }
}
