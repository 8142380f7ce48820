import Basics

/// A table in a text file: CSV or TSV with a line of column names, or JSON Lines, an object a line.
///
/// The text stays where it is, mapped. What is kept is where each row begins, 8 bytes a row.
struct Table: Sendable {
  /// How rows are written.
  enum Format: Hashable, Sendable {
    case delimited(by: UInt8)
    case jsonLines
  }

  /// What errors call the file.
  let name: String
  /// How rows are written.
  let format: Format
  /// The names of the columns; for JSON Lines all names met, in the order in which they were.
  var columns: [String] { names.all }

  private let text: HeldBytes
  private var names = ColumnNames()
  private var starts: [Int] = []

  /// Finds the rows of a table.
  ///
  /// - Parameters:
  ///   - text: All of the file.
  ///   - name: What errors call it; its ending, without `.gz`, tells the format.
  ///   - remarks: Rows that cannot be understood are left out and noted here.
  init(_ text: HeldBytes, named name: String, remarks: inout Remarks) throws {
    self.text = text
    self.name = name
    var position = text.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0  // a byte order mark
    switch Self.ending(of: name) {
    case ".csv", ".tsv":
      let header = Self.header(text.bytes, from: position, isTabbed: Self.ending(of: name) == ".tsv")
      format = .delimited(by: header.separator)
      names = ColumnNames(header.names)
      position = header.end
    default:
      format = .jsonLines
    }
    var fields: [TableRow.Field] = []
    // Lines are counted once, for remarks alone.
    var counted = (offset: 0, line: 1)
    while position < text.bytes.count {
      let start = position
      let problem = read(at: start, into: &fields, addingColumns: true, next: &position)
      if let problem {
        counted.line += text.bytes[counted.offset..<start].count { $0 == 0x0A }
        counted.offset = start
        remarks.add(InputError(in: "\(name), line \(counted.line)", problem, remedy: "this row is left out"))
      } else if !fields.isEmpty {
        starts.append(start)
      }
    }
  }

  /// The number of rows that could be understood.
  var count: Int { starts.count }

  /// A checksum of all of the file.
  var checksum: UInt32 { Gzip.checksum(of: text.bytes) }

  /// A row.
  subscript(row: Int) -> TableRow {
    var fields: [TableRow.Field] = []
    var next = 0
    var table = self
    _ = table.read(at: starts[row], into: &fields, addingColumns: false, next: &next)
    return TableRow(bytes: text.bytes, fields: fields)
  }

  /// What an error calls a row.
  func place(of row: Int) -> String {
    "\(name), line \(text.line(of: starts[row]))"
  }

  /// Whether a file's name is that of a table.
  static func isTable(_ name: String) -> Bool {
    [".csv", ".tsv", ".jsonl", ".ndjson"].contains(ending(of: name))
  }

  private static func ending(of name: String) -> String {
    let lower = name.lowercased()
    let plain = lower.hasSuffix(".gz") ? lower.dropLast(3) : lower[...]
    return plain.lastIndex(of: ".").map { String(plain[$0...]) } ?? ""
  }

  /// The column names of the first line. CSV of countries that write decimal commas has semicolons.
  private static func header(
    _ bytes: UnsafeRawBufferPointer, from start: Int, isTabbed: Bool
  ) -> (names: [String], separator: UInt8, end: Int) {
    let candidates = (isTabbed ? "\t" : ",;\t").utf8.map { separator in
      var fields: [TableRow.Field] = []
      let next = DelimitedRow.read(bytes, at: start, separator: separator, into: &fields).next
      let row = TableRow(bytes: bytes, fields: fields)
      return (fields.indices.map { row.text($0) ?? "" }, separator, next)
    }
    return candidates.max { $0.0.count < $1.0.count } ?? ([], 0x2C, start)
  }

  /// Reads the row that begins at a byte; no fields for an empty line.
  private mutating func read(
    at start: Int, into fields: inout [TableRow.Field], addingColumns: Bool, next: inout Int
  ) -> String? {
    let bytes = text.bytes
    let line = DelimitedRow.endOfLine(bytes, from: start)
    next = line.next
    fields.removeAll(keepingCapacity: true)
    if bytes[start..<line.end].allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return nil }
    switch format {
    case .delimited(let separator):
      let end = DelimitedRow.read(bytes, at: start, separator: separator, into: &fields)
      if let problem = end.problem { return problem.text }
      guard fields.count == columns.count else {
        return "has \(fields.count) fields, where the first line names \(columns.count)"
      }
      next = end.next
    case .jsonLines:
      guard let members = JSONScanner.members(in: bytes, start..<line.end) else { return "is no JSON object" }
      for (number, member) in members.enumerated() {
        guard let column = names.column(in: bytes, member.name, guess: number, adding: addingColumns) else { continue }
        fields.append(.init(column: column, range: member.value, form: .json(member.kind)))
      }
      if fields.isEmpty { return "is an empty JSON object" }
    }
    return nil
  }
}
