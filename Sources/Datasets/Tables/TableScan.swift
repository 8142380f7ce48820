import Basics

/// One pass over a table's rows: which image each is about, and its classes.
struct TableScan {
  /// What the columns are for.
  let roles: ColumnRoles
  /// A hash of every row's path, or nil where it names no image.
  private(set) var images: [UInt64?] = []
  /// The columns of classes, recognised ones first.
  private(set) var labels: [LabelColumn]
  /// The parts, where a column names them.
  private(set) var parts: LabelColumn?

  /// More different texts than this are no classes, in a column that is not called so.
  static let mostClasses = 1000

  /// Goes through a table.
  ///
  /// - Parameters:
  ///   - folder: What paths are relative to, with a slash at its end, or empty.
  ///   - remarks: Rows that name no image are noted here.
  /// - Throws: `InputError` when no column can be the one with the images.
  init(_ table: Table, below folder: String = "", remarks: inout Remarks) throws {
    roles = ColumnRoles(table.columns)
    guard let image = roles.image else {
      let columns = table.columns.isEmpty ? "no columns" : "the columns \(table.columns.joined(separator: ", "))"
      throw InputError(
        in: table.name, "has \(columns), none of which is called as images are",
        remedy: "call the column with the images' paths file_name, path or image")
    }
    labels =
      roles.labels.map { LabelColumn(name: table.columns[$0]) }
      + roles.others.map { LabelColumn(name: table.columns[$0], most: Self.mostClasses) }
    parts = roles.split.map { _ in LabelColumn(name: "split", most: Self.mostClasses) }
    images.reserveCapacity(table.count)
    for number in 0..<table.count {
      let row = table[number]
      let path = row.text(image)
      if path == nil {
        remarks.add(
          InputError(
            in: table.place(of: number), "names no image in '\(table.columns[image])'",
            remedy: "this row is left out"))
      }
      images.append(path.map { Self.hash($0, below: folder) })
      for (place, column) in roles.labels.enumerated() { labels[place].add(row.text(column)) }
      for (place, column) in roles.others.enumerated() where !labels[roles.labels.count + place].isDropped {
        labels[roles.labels.count + place].add(row.isName(column) ? row.text(column) : nil)
      }
      if let column = roles.split { parts?.add(row.text(column)) }
    }
  }

  /// The hash of an image's path, in which `./` at the beginning does not count.
  static func hash(_ path: String, below folder: String = "") -> UInt64 {
    let path = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    return StableHash(folder.isEmpty ? path : folder + path).value
  }
}
