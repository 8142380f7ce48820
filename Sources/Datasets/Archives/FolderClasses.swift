/// What the folders of images in an archive say: parts, classes, and finer classes below them, as in `FolderSource`.
///
/// A folder that everything lies in says nothing. Folders named as parts divide the items, unless there is only one
/// part; the next folder is the class.
struct FolderClasses {
  /// The part, the class and the whole path from the class on, of every folder.
  private(set) var parts: [String?]
  private(set) var classes: [String?]
  private(set) var folders: [String?]

  /// Tells what folders say.
  ///
  /// - Parameter paths: The folders' paths in the archive, empty for its top.
  init(_ paths: [String]) {
    var rest = paths.map { $0.split(separator: "/").map(String.init)[...] }
    // `images/…` around everything, but never the last folder of all, which could be a class.
    while let first = rest.first?.first, rest.allSatisfy({ $0.first == first }), rest.count > 1 || rest[0].count > 1 {
      if rest.contains(where: { $0.count == 1 }) { break }
      rest = rest.map { $0.dropFirst() }
    }
    let tops = Set(rest.compactMap { $0.first?.lowercased() })
    let isDivided = PartNames.train.contains(where: tops.contains) && PartNames.test.contains(where: tops.contains)
    parts = rest.map { isDivided ? $0.first : nil }
    if isDivided { rest = rest.map { $0.dropFirst() } }
    // One class alone is none: it is the folder that the images happen to lie in.
    let hasClasses = Set(rest.map { $0.first ?? "" }).count > 1
    classes = rest.map { hasClasses ? $0.first : nil }
    folders = rest.map { hasClasses && !$0.isEmpty ? $0.joined(separator: "/") : nil }
  }
}
