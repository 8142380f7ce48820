import Basics

/// The names of a table's columns, and the number of each.
struct ColumnNames: Sendable {
  /// The names, by their numbers.
  private(set) var all: [String] = []
  private var numbers: [String: Int] = [:]

  /// A table whose every row has names of its own is none, and must not take memory without end.
  private static let most = 1000

  /// No columns yet.
  init() {}

  /// The columns of a table that names them at its head; of two with one name the first is meant.
  init(_ names: [String]) {
    all = names
    numbers = Dictionary(zip(names, names.indices)) { first, _ in first }
  }

  /// The number of a column, from its name as a JSON string.
  ///
  /// - Parameters:
  ///   - guess: The number that it likely has, since objects mostly have the same members in the same order.
  ///   - adding: Whether an unknown name becomes a column.
  mutating func column(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, guess: Int, adding: Bool) -> Int? {
    let inner = UnsafeRawBufferPointer(rebasing: bytes[range.lowerBound + 1..<range.upperBound - 1])
    if guess < all.count, inner.elementsEqual(all[guess].utf8) { return guess }
    let name = JSONScanner.text(in: bytes, range)
    if let known = numbers[name] { return known }
    guard adding, all.count < Self.most else { return nil }
    all.append(name)
    numbers[name] = all.count - 1
    return all.count - 1
  }
}
