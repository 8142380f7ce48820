import Basics

/// What lies beside the images of a shard: texts, classes, and objects of JSON.
///
///     0001.jpg  0001.txt     a caption a line (also .caption, .text)
///     0001.png  0001.cls     a class, by number or name
///     0001.jpg  0001.json    an object whose members are told by their names, as the columns of a table are
///
/// Classes are taken on the way through; texts are read again when they are asked for.
struct Sidecars {
  /// The kind of a file beside an image.
  enum Kind {
    case json, text, label

    /// Tells it by the end of a name, in small letters.
    init?(ending: String) {
      switch ending {
      case "json": self = .json
      case "txt", "caption", "text": self = .text
      case "cls", "cls2": self = .label
      default: return nil
      }
    }
  }

  /// The members of the objects, as columns.
  private(set) var names = ColumnNames()
  /// The classes by `.cls` files.
  private var classes = LabelColumn(name: "cls")
  /// Classes by the columns; nil where a column can give none.
  private var columns: [LabelColumn?] = []
  /// What the columns are for.
  private(set) var roles = ColumnRoles([])
  private var parts = LabelColumn(name: "split", most: TableScan.mostClasses)
  private var count = 0

  /// Takes what lies beside the items that come next.
  ///
  /// - Parameters:
  ///   - items: How many images lie in this place; all share what lies beside them.
  ///   - json: The object, if there is one.
  ///   - label: What the `.cls` file holds.
  /// - Returns: Whether the object could be understood.
  mutating func add(items: Int, json: UnsafeRawBufferPointer?, label: String?) -> Bool {
    defer { count += items }
    for _ in 0..<items { classes.add(label) }
    var row: TableRow?
    if let json {
      guard let members = JSONScanner.members(in: json, 0..<json.count) else {
        add(items: items, row: nil)
        return false
      }
      row = TableRow(bytes: json, fields: Self.fields(members, json, &names, adding: true))
    }
    add(items: items, row: row)
    return true
  }

  /// The fields of an object by the numbers of their columns.
  static func fields(
    _ members: [JSONScanner.Member], _ json: UnsafeRawBufferPointer, _ names: inout ColumnNames, adding: Bool
  ) -> [TableRow.Field] {
    members.enumerated().compactMap { number, member in
      names.column(in: json, member.name, guess: number, adding: adding).map {
        TableRow.Field(column: $0, range: member.value, form: .json(member.kind))
      }
    }
  }

  private mutating func add(items: Int, row: TableRow?) {
    if columns.count < names.all.count { roles = ColumnRoles(names.all) }
    for column in columns.count..<max(columns.count, names.all.count) {
      let isKnown = roles.labels.contains(column)
      let most = isKnown ? Int(Int32.max) : TableScan.mostClasses
      let isLabel = isKnown || roles.others.contains(column)
      columns.append(isLabel ? LabelColumn(name: names.all[column], most: most, without: count) : nil)
    }
    for _ in 0..<items {
      for column in columns.indices where columns[column] != nil {
        let isKnown = roles.labels.contains(column)
        columns[column]!.add(row.flatMap { isKnown || $0.isName(column) ? $0.text(column) : nil })
      }
      parts.add(roles.split.flatMap { row?.text($0) })
    }
  }

  /// The labelings of all items: `.cls` files first, then columns of classes, then columns with few different texts.
  var labelings: [Labeling] {
    let known = roles.labels.compactMap { columns[$0]?.labeling() }
    let others = roles.others.compactMap { columns[$0]?.labeling() }
      .filter { $0.classes.count >= 2 && $0.classes.count * 4 <= count }
    return [classes.labeling()].compactMap { $0 } + known + others
  }

  /// The parts that a column names.
  var split: Split? { parts.labeling().flatMap(PartNames.split) }

  /// The class that a `.cls` file holds; nil for an empty one.
  static func label(_ bytes: UnsafeRawBufferPointer) -> String? {
    lines(bytes).first
  }

  /// The captions that a text file holds, one a line.
  static func captions(_ bytes: UnsafeRawBufferPointer) -> [Caption] {
    lines(bytes).map { Caption($0) }
  }

  private static func lines(_ bytes: UnsafeRawBufferPointer) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map { $0.trimmed() }
      .filter { !$0.isEmpty }
  }
}

extension StringProtocol {
  /// Without spaces at both ends.
  func trimmed() -> String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
