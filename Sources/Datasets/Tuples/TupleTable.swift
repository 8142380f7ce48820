public import Basics

/// A table whose rows name items that belong together, or do not: pairs, pairs with labels or grades, triplets; or single
/// items. Whether a field is an image's path or a text is for whoever asks.
///
/// The file is mapped; fields are made when they are asked for, and labels are kept, 4 bytes a row.
public struct TupleTable: Sendable {
  /// What rows are.
  public let form: TupleForm
  /// Which columns are used.
  public let columns: TupleColumns
  /// 1 and 0 of `labeledPairs`, or the numbers of `gradedPairs`, one a row; empty for other forms.
  public let labels: [Float]
  /// The classes of `classifiedItems` or `classifiedPairs`; nil for other forms.
  public let classes: Labeling?

  private let table: TextTable

  /// Opens a table: CSV, TSV, JSON Lines, plain or gzipped, or a text file, whose lines are single items.
  ///
  /// - Parameters:
  ///   - columns: The columns of the items, in order, where their names do not say so.
  ///   - label: The column of labels, where its name does not say so; of `columns` none is used unless named.
  /// - Throws: `InputError` when the file cannot be read, its columns name no items, a field is empty, or rows have
  ///   different numbers of negatives.
  public init(contentsOf path: String, columns: [String]? = nil, label: String? = nil) throws {
    let table = try TextTable(contentsOf: path)
    try self.init(table, columns: Self.columns(of: table, columns, label))
  }

  init(_ table: TextTable, columns: TupleColumns) throws {
    guard table.count > 0 else {
      throw InputError(in: table.name, "has no rows", remedy: "check that it is the right file")
    }
    var width = 0
    var texts: [String] = []
    for row in 0..<table.count {
      let items = try Self.items(table, columns, row)
      if row == 0 { width = items.count }
      guard items.count == width else {
        throw InputError(
          in: table.place(of: row), "has \(items.count - 2) negatives, where the first row has \(width - 2)",
          remedy: "give every row as many")
      }
      guard let label = columns.label else { continue }
      guard let text = table.cell(row, label).first else {
        throw InputError(
          in: table.place(of: row), "has nothing in '\(table.columns[label])'", remedy: "label it, or leave the row out"
        )
      }
      texts.append(text)
    }
    let found =
      width > 2 || columns.label == nil
      ? TupleLabels.none : TupleLabels(texts, named: table.columns[columns.label!], ofSingleItems: width == 1)
    (form, labels, classes) =
      switch found {
      case .none: (width == 1 ? .items : width == 2 ? .pairs : .triplets(negatives: width - 2), [], nil)
      case .binary(let labels): (.labeledPairs, labels, nil)
      case .grades(let grades): (.gradedPairs, grades, nil)
      case .classes(let labeling): (width == 1 ? .classifiedItems : .classifiedPairs, [], labeling)
      }
    self.columns = columns
    self.table = table
  }

  /// What errors call the file.
  public var name: String { table.name }

  /// The number of rows.
  public var count: Int { table.count }

  /// The items that a row names: anchor, positive, negatives.
  public func items(of row: Int) -> [String] { columns.items.flatMap { table.cell(row, $0) } }

  /// What an error calls a row.
  public func place(of row: Int) -> String { table.place(of: row) }

  /// The text that stands in a column of a row; nil for an empty field.
  func text(of row: Int, column: Int) -> String? { table.cell(row, column).first }

  /// The names of all columns.
  var columnNames: [String] { table.columns }

  /// How the table was understood, for a person: `pairs.csv: 500 pairs with labels 1 and 0 (left, right, label)`.
  public var note: String {
    let used = columns.items + (form == .pairs || columns.hasNegatives ? [] : [columns.label].compactMap { $0 })
    let names = used.compactMap { table.columns.isEmpty ? nil : table.columns[$0] }
    let what = names.isEmpty ? "lines" : names.joined(separator: ", ")
    return "\(name): \(count) \(form) (\(what))"
  }

  /// Says of pairs with classes which label is neither 1 nor 0, for those who need these.
  public var notBinary: InputError {
    let labels = classes?.labels
    let row = labels?.firstIndex { label in label.map { TupleLabels.answer(classes!.classes[$0]) == nil } ?? true } ?? 0
    let text = labels?[row].map { classes!.classes[$0] } ?? ""
    return InputError(
      in: place(of: row), "has the label '\(text)'",
      remedy: "write 1 for pairs that belong together and 0 for the others")
  }

  /// The columns that are meant: those that are named, those called as tuples are, or else a single one of texts.
  private static func columns(of table: TextTable, _ items: [String]?, _ label: String?) throws -> TupleColumns {
    if let items {
      return try TupleColumns(items: items, label: label, among: table.columns, of: table.name)
    }
    if let found = try TupleColumns(table.columns, of: table.name) {
      guard let label else { return found }
      return try TupleColumns(
        items: found.items.map { table.columns[$0] }, label: label, among: table.columns, of: table.name)
    }
    let item = try item(of: table)
    guard let label else { return TupleColumns(item: item, among: table.columns) }
    return try TupleColumns(items: [table.columns[item]], label: label, among: table.columns, of: table.name)
  }

  /// The only column, or the one that is called as texts are.
  private static func item(of table: TextTable) throws -> Int {
    if let item = try? table.column() { return item }
    throw InputError(
      in: table.name, "has the columns \(table.columns.joined(separator: ", ")), which name no pairs or triplets",
      remedy: "call them left, right and label, sentence1, sentence2 and score, or anchor, positive and negative")
  }

  /// The items of a row, one or more in each column.
  private static func items(_ table: TextTable, _ columns: TupleColumns, _ row: Int) throws -> [String] {
    try columns.items.enumerated().flatMap { place, column in
      let texts = table.cell(row, column)
      if texts.isEmpty {
        throw InputError(
          in: table.place(of: row),
          table.columns.isEmpty ? "is an empty line" : "has nothing in '\(table.columns[column])'",
          remedy: "fill it in, or leave the row out")
      }
      if texts.count > 1, place < 2 {
        throw InputError(
          in: table.place(of: row), "has \(texts.count) texts in '\(table.columns[column])'",
          remedy: "give it one; only negatives may be several")
      }
      return texts
    }
  }
}
