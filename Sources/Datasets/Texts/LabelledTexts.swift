import Basics

/// The texts of a table as items, with their classes and their parts.
///
/// Columns are told by their names: `text` (or `sentence`, `title`, …) holds the texts, `label`, `class` or `category` the main
/// classes, `split` the parts. Any other column whose texts repeat is a labeling, too: `intent`, `topic`. Where no column
/// says what is kept for measuring, a tenth of each class is, drawn by what the texts are, so that equal texts of a class
/// stay together.
public struct LabelledTexts: ItemSource {
  /// The path of the table.
  public let name: String

  /// The number of texts.
  public var count: Int { table.count }

  /// The ways in which texts are labelled.
  public let labelings: [Labeling]

  /// Which texts are learned from, and which are kept for measuring.
  public let split: Split

  private let table: TextTable
  private let column: Int

  /// Tells what the columns of a table are for.
  ///
  /// - Parameter column: The column with the texts, where one must be named.
  /// - Throws: `InputError` when the table is empty, or does not say which column holds the texts.
  public init(_ table: TextTable, column: String? = nil) throws {
    guard table.count > 0 else { throw InputError(in: table.name, "holds no texts") }
    self.table = table
    name = table.name
    let texts = try table.column(column)
    self.column = texts
    let roles = ColumnRoles(table.columns)
    let known = roles.labels.filter { $0 != texts }
    let labels =
      known.map { LabelColumn(name: table.columns[$0]) }
      + (roles.others + [roles.image].compactMap(\.self)).filter { $0 != texts }.sorted().map {
        LabelColumn(name: table.columns[$0], most: TableScan.mostClasses)
      }
    labelings = Self.collected(labels, from: table).enumerated().compactMap { place, column in
      guard let labeling = column.labeling() else { return nil }
      if place < known.count { return labeling }
      // Texts that hardly repeat are no classes, nor are measured numbers, and one text for all is none either.
      let areNames = labeling.classes.contains { Double($0) == nil }
      return areNames && labeling.classes.count >= 2 && labeling.classes.count * 4 <= table.count ? labeling : nil
    }
    let parts = roles.split.flatMap { split in
      Self.collected([LabelColumn(name: table.columns[split], most: TableScan.mostClasses)], from: table)[0].labeling()
    }
    split =
      parts.flatMap(PartNames.split)
      ?? .stratified(by: labelings.first?.labels ?? .none(table.count)) { table.texts($0..<$0 + 1, column: texts)[0] }
  }

  /// Fills columns of labels, a few thousand rows at a time.
  private static func collected(_ columns: [LabelColumn], from table: TextTable) -> [LabelColumn] {
    columns.map { column in
      var column = column
      let number = table.columns.firstIndex(of: column.name)!
      for start in stride(from: 0, to: table.count, by: 4096) where !column.isDropped {
        for text in table.texts(start..<min(start + 4096, table.count), column: number) {
          column.add(text.isEmpty ? nil : text)
        }
      }
      return column
    }
  }

  /// The text itself.
  public func title(of item: Int) -> String { texts(of: [item])[0] }

  /// The texts of items.
  public func texts(of items: [Int]) -> [String] { items.map { table.texts($0..<$0 + 1, column: column)[0] } }
}
