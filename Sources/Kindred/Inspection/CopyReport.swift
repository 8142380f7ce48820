/// Sets of images that show the same, and what is wrong with them.
public struct CopyReport: Hashable, Sendable, Encodable {
  /// One image of a set.
  public struct Member: Hashable, Sendable, Encodable {
    /// Its number and title.
    public let item: Int
    /// What a person calls it.
    public let title: String
    /// `train`, `test`, or empty where it is in neither.
    public let part: String
    /// Its class in every labeling; empty where it has none.
    public let labels: [String]
  }

  /// A set of images that show the same.
  public struct Example: Hashable, Sendable, Encodable {
    /// How many images are in the set.
    public let images: Int
    /// The first of them.
    public let members: [Member]
    /// Whether some are learned from while others are measured on.
    public let isAcrossSplit: Bool
    /// The labelings in which they differ.
    public let conflicts: [String]
  }

  /// The number of sets, and of images in them.
  public let sets, images: Int
  /// Images for measuring that show the same as one that is learned from.
  public let leaked: Int
  /// In how many sets the images have different classes, by labeling; only those with such sets.
  public let conflicts: [String: Int]
  /// Some of the sets: first those with different classes, then those across the split.
  public let examples: [Example]

  init(_ findings: CopyFindings, of source: any ImageSource) {
    sets = findings.groups.count
    images = findings.itemCount
    leaked = findings.leakedCount
    conflicts = Dictionary(
      uniqueKeysWithValues: zip(source.labelings.map(\.name), findings.conflictCounts).filter { $0.1 > 0 })
    func rank(_ group: CopyFindings.Group) -> Int {
      group.conflicts.contains(0) ? 0 : group.isAcrossSplit ? 1 : 2
    }
    let chosen = (0...2).flatMap { wanted in findings.groups.lazy.filter { rank($0) == wanted }.prefix(100) }.prefix(
      100)
    let (train, test) = (source.split.train, source.split.test)
    examples = chosen.map { group in
      let members = group.items.prefix(10).map { item in
        let row = ItemRow(item, of: source)
        let part = train.containsSorted(item) ? Part.train : test.containsSorted(item) ? .test : nil
        return Member(item: item, title: row.title, part: part?.rawValue ?? "", labels: row.labels)
      }
      return Example(
        images: group.items.count, members: members, isAcrossSplit: group.isAcrossSplit,
        conflicts: group.conflicts.map { source.labelings[$0].name })
    }
  }

  /// The report as lines of text.
  ///
  /// - Parameters:
  ///   - name: What the sets are sets of: `exact copies`.
  ///   - sign: What stands between images of a set.
  ///   - test: How many images are kept for measuring.
  func lines(named name: String, sign: String, test: Int) -> [String] {
    guard sets > 0 else { return ["\(name): none"] }
    var lines = ["\(name): \(images) images in \(sets) set\(sets == 1 ? "" : "s")"]
    if leaked > 0 {
      let share = Figures.percent(Double(leaked) / Double(max(test, 1)))
      lines.append(
        "  \(leaked) of \(test) images for measuring (\(share)) \(leaked == 1 ? "has" : "have") one among those to learn from"
      )
    }
    for (labeling, count) in conflicts.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(labeling) differs within \(count) set\(count == 1 ? "" : "s")")
    }
    for example in examples.prefix(10) {
      let texts = example.members.prefix(3).map { member in
        let marks = [member.part, member.labels.first ?? ""].filter { !$0.isEmpty }
        return member.title + (marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))")
      }
      let more = example.images > texts.count ? " \(sign) \(example.images - texts.count) more" : ""
      lines.append("  " + texts.joined(separator: " \(sign) ") + more)
    }
    if sets > 10 { lines.append("  and \(sets - 10) more set\(sets == 11 ? "" : "s")") }
    return lines
  }
}

extension [Int] {
  /// Whether an ascending list holds a number.
  fileprivate func containsSorted(_ number: Int) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number
  }
}
