import Basics

/// Pairs of texts in a table, a pair a row, with what is said of them.
public struct TextPairs: Sendable {
  /// The table.
  public let table: TextTable

  private let columns: (first: Int, second: Int)

  /// Finds the columns of a table.
  ///
  /// - Parameters:
  ///   - first: The column with the first of each pair; told by its name unless given.
  ///   - second: That with the second.
  /// - Throws: `InputError` when there are no rows, or the columns are not there.
  public init(_ table: TextTable, first: String? = nil, second: String? = nil) throws {
    guard !table.columns.isEmpty else {
      throw InputError(in: table.name, "is a text file, where pairs take a table", remedy: "write .csv, .tsv or .jsonl")
    }
    guard table.count > 0 else { throw InputError(in: table.name, "holds no pairs") }
    let known = first != nil && second != nil ? nil : try TupleColumns(table.columns, of: table.name)
    guard first != nil && second != nil || known != nil else {
      throw InputError(
        in: table.name, "does not say which columns hold the pairs",
        remedy: "choose two of \(table.columns.joined(separator: ", ")) with --first and --second")
    }
    self.table = table
    columns = (
      try first.map { try table.column(called: $0, option: "--first") } ?? known!.items[0],
      try second.map { try table.column(called: $0, option: "--second") } ?? known!.items[1]
    )
  }

  /// The number of pairs.
  public var count: Int { table.count }

  /// The texts of pairs.
  public func texts(_ range: Range<Int>) -> (first: [String], second: [String]) {
    (table.texts(range, column: columns.first), table.texts(range, column: columns.second))
  }

  /// The numbers of a column, one a pair.
  ///
  /// - Throws: `InputError` when there is no such column, or it holds something else.
  public func scores(_ name: String) throws -> [Double] {
    let column = try table.column(called: name, option: "--score")
    return try values(column, option: "--score", is: "is no score") { text in
      Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// Whether each pair belongs together, as a column says: 1 or 0, true or false.
  ///
  /// - Parameter name: The column; told by its name unless given.
  /// - Throws: `InputError` when there is no such column, or it says neither.
  public func areSame(_ name: String? = nil) throws -> [Bool] {
    let named = try name.map { try table.column(called: $0, option: "--same") }
    let known = TupleNames.labels.lazy.compactMap { label in
      table.columns.firstIndex { TupleNames.plain($0) == label }
    }.first
    guard let column = named ?? known else {
      throw InputError(
        in: table.name, "does not say which pairs belong together",
        remedy: "name a column of 1 and 0 with --same, of \(table.columns.joined(separator: ", "))")
    }
    return try values(column, option: "--same", is: "says neither 1 nor 0") { text in
      TupleLabels.answer(text).map { $0 == 1 }
    }
  }

  /// What every field of a column stands for.
  ///
  /// - Parameters:
  ///   - option: By which option another column is named.
  ///   - problem: What is said of a field that stands for nothing.
  private func values<Value>(
    _ column: Int, option: String, is problem: String, _ read: (String) -> Value?
  ) throws -> [Value] {
    try table.texts(0..<table.count, column: column).enumerated().map { row, text in
      guard let value = read(text) else {
        throw InputError(in: table.place(of: row), "'\(text)' \(problem)", remedy: "name another column with \(option)")
      }
      return value
    }
  }
}

extension TextTable {
  /// The number of a column.
  ///
  /// - Parameter option: By which option another one is named.
  /// - Throws: `InputError` when there is none of the name.
  fileprivate func column(called name: String, option: String) throws -> Int {
    if let found = columns.firstIndex(of: name) { return found }
    throw InputError(
      in: self.name, "has no column '\(name)'",
      remedy: "choose one of \(columns.joined(separator: ", ")) with \(option)")
  }
}
