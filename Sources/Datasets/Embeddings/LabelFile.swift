import Basics
import Tensors

/// The labels of rows, a text a row, from a file of any tool.
///
///     y.npy        whole numbers [N], or texts
///     y.txt        a line a row; an empty line is a row without a label
///     y.csv        a row a row, a labeling a column; also .tsv and .jsonl, plain or gzipped
///
/// Numbers are labels like any other: −1 is a class of its own.
struct LabelFile {
  /// One way to label the rows.
  struct Column {
    /// What the labels are: a column's name, or `label`.
    let name: String
    /// The label of every row, nil where it has none.
    let labels: [String?]
  }

  /// What errors call the file.
  let path: String

  /// The labelings, the main one first; at least one.
  let columns: [Column]

  /// Reads a file.
  ///
  /// - Throws: `InputError` when it is missing, damaged, of no known kind, or holds numbers that are not whole.
  init(_ path: String) throws {
    self.path = path
    let name = path.lowercased()
    if name.hasSuffix(".npy") {
      columns = [Column(name: "label", labels: try NumPyFile.texts(path) ?? Self.numbers(path).map { "\($0)" })]
    } else if name.hasSuffix(".txt") {
      columns = [Column(name: "label", labels: try Self.lines(path))]
    } else if Table.isTable(name) {
      columns = try Self.columns(path)
    } else {
      throw InputError(
        in: path, "its ending stands for no labels that are known", remedy: "give .npy, .txt, .csv, .tsv or .jsonl")
    }
  }

  /// The labeling of a name, or the only one.
  func column(_ name: String) throws -> Column {
    if let found = columns.first(where: { $0.name == name }) ?? (columns.count == 1 ? columns[0] : nil) { return found }
    throw InputError(
      in: path, "has no column called '\(name)'", remedy: "it has \(columns.map(\.name).joined(separator: ", "))")
  }

  private static func numbers(_ path: String) throws -> [Int] {
    let array = try NumPyFile.read(path)
    guard array.rank == 1 || array.rank == 2 && array.shape[1] == 1 else {
      throw InputError(in: path, "has the shape \(array.shape)", remedy: "one label a row expected, [rows]")
    }
    let whole = array.to(.int64)
    guard (whole.to(.float64) .== array.to(.float64)).all() else {
      throw InputError(
        in: path, "holds numbers that are not whole", remedy: "labels are the numbers or the names of classes")
    }
    return whole.flattened().values(as: Int.self)
  }

  private static func lines(_ path: String) throws -> [String?] {
    var lines = try Files.text(of: path).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line in
      let text = line.trimmed()
      return text.isEmpty ? nil : text
    }
  }

  private static func columns(_ path: String) throws -> [Column] {
    var remarks = Remarks()
    let table = try Table(HeldBytes(contentsOf: path), named: path, remarks: &remarks)
    // Elsewhere a bad row is left out; here the rows after it would get the labels of others.
    if let problem = remarks.first.first {
      throw InputError(in: problem.place, problem.problem, remedy: "every row of the embeddings needs one here")
    }
    let roles = ColumnRoles(table.columns)
    let order = roles.labels + roles.others + roles.captions
    guard table.count > 0, !order.isEmpty else {
      throw InputError(
        in: path, table.count == 0 ? "has no rows" : "has no column of labels",
        remedy: "name the columns in the first line, such as label")
    }
    return order.map { column in
      Column(name: table.columns[column], labels: (0..<table.count).map { table[$0].text(column) })
    }
  }
}
