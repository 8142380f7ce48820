import Basics
public import Images

/// Images that a table names: CSV, TSV or JSON Lines, plain or gzipped, with paths relative to the table's folder.
///
///     file_name,label,split                     {"image": "a.jpg", "captions": ["a cat", "a cat on a chair"]}
///     cats/1.jpg,cat,train                      {"image": "b.jpg", "captions": ["a dog"]}
///     "dogs/1, wet.jpg",dog,val
///
/// Which column is which is told by its name, as `notes` says. Several rows of one image, such as one for each caption,
/// are one item. Other columns with few different texts give further labelings. Without a column of parts a tenth of
/// each class is set aside.
///
/// The table stays on the disk, mapped: a million rows take some 30 bytes each of memory. Whether the images are there
/// is seen when they are read.
public struct ManifestSource: ImageSource {
  /// The path as it was given.
  public let name: String

  /// A checksum of the table. Images that change behind the same names are not noticed.
  public let identity: String

  /// The labelings of the columns of classes.
  public let labelings: [Labeling]

  /// The parts that a column names, or a tenth of each class to measure on.
  public let split: Split

  /// Rows that were left out.
  public let remarks: Remarks

  /// The number of images.
  public let count: Int

  private let items: ItemTable
  private let folder: String

  /// Opens a table.
  ///
  /// - Throws: `InputError` when it is missing, has no column of images, no row can be used, or none of the first
  ///   images is there.
  public init(_ path: String) throws {
    var remarks = Remarks()
    let table = try Table(HeldBytes(contentsOf: path), named: path, remarks: &remarks)
    if table.count == 0 {
      throw remarks.first.first ?? InputError(in: path, "has no rows", remedy: "check that it is the right file")
    }
    let scan = try TableScan(table, remarks: &remarks)
    let (owners, count) = Self.grouped(scan.images)
    guard count > 0 else { throw remarks.first[0] }
    items = ItemTable(table, scan, items: owners, count: count)
    name = path
    folder = Files.folder(of: path)
    self.count = count
    self.remarks = remarks
    identity = "manifest \(count) \(String(table.checksum, radix: 16))"
    labelings = items.labelings
    let titles = items
    split =
      items.split
      ?? .stratified(by: items.labelings.first?.labels ?? .none(count)) { Self.path(of: $0, in: titles) }
    let tried = 0..<min(count, 20)
    if tried.allSatisfy({ !Files.exists(fullPath(of: $0)) }) {
      throw InputError(
        in: items.place(of: 0) ?? path, "names '\(title(of: 0))', which is not there, and nor are those after it",
        remedy: "paths are relative to the table's folder, \(folder)")
    }
  }

  /// Which columns are used for what.
  public var notes: [String] { items.notes }

  /// The image's path, as the table has it.
  public func title(of item: Int) -> String { Self.path(of: item, in: items) }

  /// The texts of its columns of captions, and of keywords.
  public func captions(of item: Int) -> [Caption] { items.captions(of: item) }

  /// Decodes a file.
  public func image(of item: Int) throws -> Image {
    try placing(item) { try Image(contentsOf: fullPath(of: item)) }
  }

  /// Decodes a file, a JPEG at a fraction of its size where that is enough.
  public func image(of item: Int, fitting minimumSide: Int) throws -> Image {
    try placing(item) { try Image(contentsOf: fullPath(of: item), fitting: minimumSide) }
  }

  /// Reads a file and its header.
  public func picture(of item: Int) throws -> Picture {
    try placing(item) { .file(try ImageFile(contentsOf: fullPath(of: item))) }
  }

  /// Runs a body, and adds to its error the line that names the file.
  private func placing<Result>(_ item: Int, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as InputError {
      throw InputError(
        in: "\(items.place(of: item) ?? name): \(error.place)", error.problem, remedy: error.remedy)
    }
  }

  private func fullPath(of item: Int) -> String {
    let path = title(of: item)
    return path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  private static func path(of item: Int, in items: ItemTable) -> String {
    items.firstRow(of: item).flatMap { items.table[$0].text(items.roles.image!) } ?? ""
  }

  /// Numbers the images by their first rows; −1 for rows without an image.
  private static func grouped(_ images: [UInt64?]) -> (items: [Int32], count: Int) {
    var items = [Int32](repeating: -1, count: images.count)
    var known: [UInt64: Int32] = [:]
    for (row, image) in images.enumerated() {
      guard let image else { continue }
      let item = known[image] ?? Int32(known.count)
      if item == known.count { known[image] = item }
      items[row] = item
    }
    return (items, known.count)
  }
}
