/// What the columns of a table are for, told by their names.
///
/// Names are compared without regard to case, spaces, `_` and `-`, and to digits at their end: `File_Name` is
/// `filename`, `caption_2` is `caption`.
struct ColumnRoles: Hashable, Sendable {
  /// The column with the images' paths.
  var image: Int?
  /// Columns that name classes, the main one first.
  var labels: [Int] = []
  /// Columns with texts about the image.
  var captions: [Int] = []
  /// Columns with lists of keywords.
  var keywords: [Int] = []
  /// The column that says which part an item belongs to.
  var split: Int?
  /// Columns that nothing is known of; those with few different texts become labelings, too.
  var others: [Int] = []

  /// What columns with images' paths are called, the likeliest first.
  static let imageNames = [
    "filename", "filepath", "imagepath", "imagefile", "imagefilename", "imgpath", "path", "file", "image", "img",
    "picture", "photo", "relativepath",
  ]
  static let labelNames = ["label", "class", "category", "target", "labelname", "classname", "y", "labelid", "classid"]
  static let captionNames = [
    "caption", "captions", "text", "texts", "txt", "sentence", "sentences", "description", "title", "name", "prompt",
    "alt",
    "alttext",
  ]
  static let keywordNames = ["keyword", "keywords", "tag", "tags"]
  static let splitNames = ["split", "subset", "partition", "part", "fold"]
  /// What names an item and says nothing about it.
  private static let keyNames = ["key", "id", "imageid", "index", "uid", "uuid", "url", "sha256", "md5"]

  /// Tells what columns are for.
  init(_ columns: [String]) {
    let names = columns.map(Self.plain)
    func found(_ known: [String]) -> [Int] {
      known.flatMap { wanted in names.indices.filter { names[$0] == wanted } }
    }
    image = found(Self.imageNames).first
    labels = found(Self.labelNames)
    captions = found(Self.captionNames)
    keywords = found(Self.keywordNames)
    split = found(Self.splitNames).first
    let known = Set(labels + captions + keywords + [image, split].compactMap { $0 })
    others = names.indices.filter { !known.contains($0) && !Self.keyNames.contains(names[$0]) }
  }

  /// A name without what writers differ in.
  private static func plain(_ name: String) -> String {
    var plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    while plain.last?.isNumber == true { plain.removeLast() }
    return plain
  }

  /// What the columns are used for, for a person: `file_name: image, text: caption`.
  func description(of columns: [String]) -> String {
    let roles =
      [image].compactMap { $0 }.map { ($0, "image") } + labels.map { ($0, "label") }
      + captions.map { ($0, "caption") } + keywords.map { ($0, "keywords") }
      + [split].compactMap { $0 }.map { ($0, "split") }
    return roles.map { "\(columns[$0.0]): \($0.1)" }.joined(separator: ", ")
  }

  /// The captions and keywords of a row.
  func captions(in row: TableRow) -> [Caption] {
    captions.flatMap { row.texts($0).map { Caption($0) } }
      + keywords.flatMap { row.texts($0).flatMap(Self.words).map { Caption($0, role: .keyword) } }
  }

  /// Keywords that stand in one field, divided by `|`, `;` or else `,`.
  private static func words(_ text: String) -> [String] {
    guard let separator = "|;,".first(where: { text.contains($0) }) else { return [text] }
    return text.split(separator: separator).map { $0.trimmed() }.filter { !$0.isEmpty }
  }
}
