import Basics

extension Split {
  /// Divides items that come without a part for measuring: a tenth of each class is set aside.
  ///
  /// Within a class the items are ordered by a hash of their keys, and the first tenth (rounded, and at least one item
  /// of a class that has two) is for measuring. The same items are divided the same way on any machine, whatever is in
  /// them; an item that is added moves at most one other per class.
  ///
  /// - Parameters:
  ///   - labels: The class of every item; the items without a class form one by themselves.
  ///   - key: A text that stays with the item, such as its path.
  static func stratified(by labels: Labels, key: (Int) -> String) -> Split {
    var test: [Int] = []
    for members in Dictionary(grouping: labels.indices, by: { labels[$0] }).values where members.count > 1 {
      let drawn = members.map { item -> (rank: UInt64, item: Int) in
        var random = RandomStream(seed: StableHash(key(item)).value)
        return (random.next(), item)
      }.sorted { ($0.rank, $0.item) < ($1.rank, $1.item) }
      test += drawn.prefix(max(1, (members.count + 5) / 10)).map(\.item)
    }
    test.sort()
    let measured = Set(test)
    return Split(train: labels.indices.filter { !measured.contains($0) }, test: test)
  }
}
