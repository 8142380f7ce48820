/// The parts that data come in, by the names that people give them.
enum PartNames {
  /// Names of the part to learn from.
  static let train = ["train", "training"]
  /// Names of parts to measure on; of several, the first that is there is used.
  static let test = ["val", "valid", "validation", "dev", "test", "testing"]

  /// Divides items by the names of their parts, or returns nil when these name no part to learn from and to measure on.
  ///
  /// - Parameters:
  ///   - labeling: The names, as classes; digits at their ends, as in `val2017`, do not count.
  static func split(by labeling: Labeling) -> Split? {
    let names = labeling.classes.map { name in
      String(name.lowercased().reversed().drop { $0.isNumber || $0 == "-" || $0 == "_" }.reversed())
    }
    guard names.contains(where: train.contains), let measured = test.first(where: names.contains) else { return nil }
    func items(_ isWanted: (String) -> Bool) -> [Int] {
      let wanted = names.map(isWanted)
      return labeling.labels.indices.filter { labeling.labels[$0].map { wanted[$0] } ?? false }
    }
    return Split(train: items(train.contains), test: items { $0 == measured })
  }
}
