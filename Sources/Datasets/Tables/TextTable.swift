public import Basics

/// Texts in a file, one a row: a text file (a text a line), or a table (CSV, TSV, JSON Lines), plain or gzipped.
///
/// The file is mapped, and rows are found once, 8 bytes each; texts are made when they are asked for, so that files may
/// be larger than memory.
public struct TextTable: Sendable {
  private enum Rows: Sendable {
    case lines(HeldBytes, starts: [Int])
    case table(Table)
  }

  /// What errors call the file.
  public let name: String

  /// The names of the columns; none for a text file.
  public let columns: [String]

  /// The number of rows.
  public let count: Int

  private let rows: Rows

  /// Opens a file: its ending tells a table (`.csv`, `.tsv`, `.jsonl`, and `.gz` behind it), anything else is a text file.
  ///
  /// - Throws: `InputError` when the file is missing or damaged, or a row of a table cannot be understood.
  public init(contentsOf path: String) throws {
    try self.init(HeldBytes(contentsOf: path), named: path)
  }

  /// Takes over the lines of a stream, such as standard input, through a temporary file.
  public init(lines: MappedFile, named name: String) throws {
    try self.init(HeldBytes(lines.bytes, of: lines), named: name)
  }

  private init(_ text: HeldBytes, named name: String) throws {
    self.name = name
    if Table.isTable(name) {
      var remarks = Remarks()
      let table = try Table(text, named: name, remarks: &remarks)
      if let first = remarks.first.first {
        // A row left out would shift all that come after it.
        throw InputError(in: first.place, first.problem, remedy: "mend or remove the row")
      }
      (rows, columns, count) = (.table(table), table.columns, table.count)
    } else {
      let bytes = text.bytes
      var (starts, place) = ([Int](), bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)  // a byte order mark
      while place < bytes.count {
        starts.append(place)
        place = DelimitedRow.endOfLine(bytes, from: place).next
      }
      (rows, columns, count) = (.lines(text, starts: starts), [], starts.count)
    }
  }

  /// The number of the column with the texts: the one that was named, or else the only one, or the one that is called as
  /// texts are.
  ///
  /// - Throws: `InputError` when there is none, or more than one could be meant.
  public func column(_ wanted: String? = nil) throws -> Int {
    if columns.isEmpty {
      guard let wanted else { return 0 }
      throw InputError(in: name, "is a text file and has no column '\(wanted)'", remedy: "leave --column out")
    }
    if let wanted {
      if let column = columns.firstIndex(of: wanted) { return column }
    } else if columns.count == 1 {
      return 0
    } else {
      let named = ColumnRoles(columns).captions
      if let column = named.first, named.count == 1 { return column }
    }
    throw InputError(
      in: name, wanted.map { "has no column '\($0)'" } ?? "does not say which column holds the texts",
      remedy: "choose one of \(columns.joined(separator: ", ")) with --column")
  }

  /// The texts of rows in a column; an empty field is an empty text.
  public func texts(_ range: Range<Int>, column: Int = 0) -> [String] {
    switch rows {
    case .lines(let text, let starts):
      return range.map { row in
        var line = text.bytes[starts[row]..<DelimitedRow.endOfLine(text.bytes, from: starts[row]).end]
        if line.last == 0x0D { line = line.dropLast() }
        return String(decoding: line, as: UTF8.self)
      }
    case .table(let table): return range.map { table[$0].text(column) ?? "" }
    }
  }

  /// What stands in a column of a row: one text, several of a JSON array, or none where the field is empty.
  func cell(_ row: Int, _ column: Int) -> [String] {
    switch rows {
    case .lines: texts(row..<row + 1).filter { !$0.isEmpty }
    case .table(let table): table[row].texts(column)
    }
  }

  /// What an error calls a row.
  public func place(of row: Int) -> String {
    switch rows {
    case .lines: "\(name), line \(row + 1)"
    case .table(let table): table.place(of: row)
    }
  }
}
