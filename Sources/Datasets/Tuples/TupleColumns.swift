import Basics

/// Which columns of a table name the items of tuples, and which says what holds of these.
///
///     left, right, label                     sentence1, sentence2, score
///     anchor, positive, negative             query, answer, negative_1, negative_2
///
/// They are told by their names alone; what form the tuples have depends on what stands in them (`TupleTable`).
public struct TupleColumns: Hashable, Sendable {
  /// The columns of the items in the order of the tuple: anchor, positive, negatives.
  public let items: [Int]
  /// The column of labels or grades, or nil.
  public let label: Int?

  /// Whether columns beyond the second name negatives.
  public var hasNegatives: Bool { items.count > 2 }

  /// Tells what columns are for; nil where they name no tuples of two or more.
  ///
  /// - Parameter name: What an error calls the table.
  /// - Throws: `InputError` where one column of tuples is there and its fellow is missing.
  public init?(_ columns: [String], of name: String) throws {
    let plain = columns.map(TupleNames.plain)
    let negatives = columns.indices.filter { TupleNames.negatives.contains(TupleNames.stem(columns[$0])) }
    let pair = TupleNames.sides.lazy.compactMap { first, second in
      plain.firstIndex(of: first).flatMap { a in plain.firstIndex(of: second).map { [a, $0] } }
    }.first
    guard let pair else {
      let alone = TupleNames.fellows.first { plain.contains($0.0) } ?? negatives.first.map { (plain[$0], "anchor") }
      guard let (there, missing) = alone else { return nil }
      throw InputError(
        in: name, "has a column '\(columns[plain.firstIndex(of: there)!])' and none called '\(missing)'",
        remedy: "pairs take the columns left, right and label, and triplets anchor, positive and negative")
    }
    items = pair + negatives
    label = Self.label(plain, besides: items)
  }

  /// The columns that a person names.
  ///
  /// - Throws: `InputError` when one is not there, or is named twice.
  public init(items: [String], label: String?, among columns: [String], of name: String) throws {
    let numbers = try (items + [label].compactMap { $0 }).map { wanted in
      guard let column = columns.firstIndex(of: wanted) else {
        throw InputError(
          in: name, "has no column '\(wanted)'", remedy: "choose among \(columns.joined(separator: ", "))")
      }
      return column
    }
    guard Set(numbers).count == numbers.count else {
      throw InputError(in: name, "cannot take one column for two purposes", remedy: "name each column once")
    }
    self.items = Array(numbers.prefix(items.count))
    self.label = label == nil ? nil : numbers.last
  }

  /// A column of single items, with their classes where a column has them.
  init(item: Int, among columns: [String]) {
    items = [item]
    label = Self.label(columns.map(TupleNames.plain), besides: [item])
  }

  private static func label(_ plain: [String], besides items: [Int]) -> Int? {
    (TupleNames.labels + TupleNames.scores).lazy.compactMap { name in
      plain.indices.first { plain[$0] == name && !items.contains($0) }
    }.first
  }
}
