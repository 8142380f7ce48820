/// What a table says of the items of a source: an item may have several rows, such as one for each caption.
struct ItemTable: Sendable {
  /// The table.
  let table: Table
  /// What its columns are for.
  let roles: ColumnRoles
  /// The labelings that its columns give.
  let labelings: [Labeling]
  /// The parts that a column names.
  let split: Split?
  /// How the table was understood, for a person.
  let notes: [String]

  /// The rows of the items one after another, and where those of each item begin.
  private let rows: [Int32]
  private let starts: [Int32]

  /// Joins the rows of a table to items.
  ///
  /// - Parameters:
  ///   - items: The item that each row is about, −1 for none.
  ///   - count: The number of items.
  init(_ table: Table, _ scan: TableScan, items: [Int32], count: Int) {
    self.table = table
    roles = scan.roles
    var starts = [Int32](repeating: 0, count: count + 1)
    for item in items where item >= 0 { starts[Int(item) + 1] += 1 }
    for item in 0..<count { starts[item + 1] += starts[item] }
    var ends = starts
    var rows = [Int32](repeating: 0, count: Int(starts[count]))
    for (row, item) in items.enumerated() where item >= 0 {
      rows[Int(ends[Int(item)])] = Int32(row)
      ends[Int(item)] += 1
    }
    self.rows = rows
    self.starts = starts

    let first = (0..<count).map { starts[$0] < starts[$0 + 1] ? rows[Int(starts[$0])] : -1 }
    let recognised = scan.labels.prefix(scan.roles.labels.count).compactMap { $0.labeling(of: first) }
    let others = scan.labels.dropFirst(scan.roles.labels.count).compactMap { $0.labeling(of: first) }
      // Texts that hardly repeat are no classes, and one text for all is none either.
      .filter { $0.classes.count >= 2 && $0.classes.count * 4 <= count }
    labelings = recognised + others
    split = scan.parts?.labeling(of: first).flatMap(PartNames.split)
    var notes = ["\(table.name): \(scan.roles.description(of: table.columns))"]
    for labeling in recognised {
      let missing = labeling.labels.count { $0 == nil }
      if missing > 0 { notes.append("\(missing) of \(count) items have no \(labeling.name)") }
    }
    for column in scan.labels.prefix(scan.roles.labels.count) {
      let torn = (0..<count).count { item in
        rows[Int(starts[item])..<Int(starts[item + 1])].contains { column.differ($0, rows[Int(starts[item])]) }
      }
      if torn > 0 {
        notes.append("\(torn) of \(count) items have rows of different \(column.name), of which the first counts")
      }
    }
    self.notes = notes
  }

  /// What an error calls the place that speaks of an item.
  func place(of item: Int) -> String? {
    firstRow(of: item).map(table.place)
  }

  /// The number of items.
  var count: Int { starts.count - 1 }

  /// The first row of an item, nil where it has none.
  func firstRow(of item: Int) -> Int? {
    starts[item] < starts[item + 1] ? Int(rows[Int(starts[item])]) : nil
  }

  /// The captions and keywords of an item, from all its rows.
  func captions(of item: Int) -> [Caption] {
    rows[Int(starts[item])..<Int(starts[item + 1])].flatMap { roles.captions(in: table[Int($0)]) }
  }
}
