import Basics
public import Images

/// Images in tar archives, plain or gzipped: shards in the convention of WebDataset, folders that were packed, or pictures with a table.
///
///     0001.jpg  0001.json  0001.txt  0001.cls    files of one name but for the ending are one item
///     cat/1.jpg  train/dog/2.jpg                 folders are classes and parts, as in a folder of images
///     images/1.jpg  metadata.jsonl               a table of captions and classes, as `ManifestSource` reads them
///
/// Items are in the order of the archives. Nothing is unpacked: an archive is gone through once, and its members are
/// then read where they lie. Gzipped ones are expanded in runs of some megabytes, up to 256 MB of which are kept; an
/// epoch visits the items run by run, so that each is expanded once.
///
/// An archive that is cut short or damaged is not opened. Members with names that lead out of it, links, and second
/// files of one name are left out and noted.
///
/// Source: <https://github.com/webdataset/webdataset>, "The WebDataset Format"
public struct ArchiveSource: ImageSource {
  /// The path as it was given.
  public let name: String

  /// A hash of the names and sizes of all images and of what is said of them.
  public let identity: String

  /// Labelings from the files beside the images, from a table, and `class` and `folder` from folders.
  public let labelings: [Labeling]

  /// The parts that files, a table or folders name, or a tenth of each class to measure on.
  public let split: Split

  /// What was left out.
  public let remarks: Remarks

  /// The runs of gzipped archives.
  public let runs: ReadingRuns?

  /// What was used for what.
  public let notes: [String]

  private let cache: RunCache
  private let archives: [any Archive]
  private let starts: [Int]
  private let places, objects, texts: [Int]
  private let names: ColumnNames
  private let table: (items: ItemTable, start: Int)?

  /// Opens archives.
  ///
  /// - Parameters:
  ///   - paths: The archives, in the order in which their items come.
  ///   - name: What the source is called.
  /// - Throws: `InputError` when one is missing, damaged or of another kind, or there are no images at all.
  public init(_ paths: [String], named name: String) throws {
    try self.init(paths, named: name, spacing: GzippedTar.spacing)
  }

  /// Opens archives, gzipped ones in runs of about so many bytes, so many bytes of which are kept.
  init(_ paths: [String], named name: String, spacing: Int, expandedBytes: Int = expandedBytes) throws {
    var index = ArchiveIndex()
    var archives: [any Archive] = []
    let cache = RunCache(budget: expandedBytes)
    self.cache = cache
    for path in paths {
      archives.append(
        try Self.open(path, cache: cache, spacing: spacing) { member, content in
          try index.visit(member, of: path, content: content)
        })
      index.finishArchive(path)
    }
    let count = index.places.count
    guard count > 0 else {
      throw index.remarks.first.first
        ?? InputError(
          in: name, "has no images (\(ImageNames.endings.joined(separator: ", ")))",
          remedy: "check that it is the right file")
    }
    self.name = name
    self.archives = archives
    (starts, places, objects, texts) = (index.starts, index.places, index.objects, index.texts)
    names = index.sidecars.names
    runs = Self.runs(of: archives, places: places, starts: starts, expandedBytes: expandedBytes)
    var remarks = index.remarks
    var hash = index.hash
    var labelings = index.sidecars.labelings
    var split = index.sidecars.split
    var notes: [String] = []
    if !names.all.isEmpty {
      let roles = index.sidecars.roles.description(of: names.all)
      if !roles.isEmpty { notes.append("in .json files: \(roles)") }
    }
    if let found = index.table {
      let (items, start) = try Self.join(found, to: index, in: paths[found.archive], remarks: &remarks)
      table = (items, start)
      // Items of other archives have no rows.
      labelings += items.labelings.map { $0.placed(at: start, of: count) }
      split = split ?? (start == 0 && items.count == count ? items.split : nil)
      notes += items.notes
      hash.combine(Int(items.table.checksum))
    } else {
      table = nil
    }
    // The runs decide the order of an epoch.
    for start in runs?.starts ?? [] { hash.combine(start) }
    let (folderLabelings, folderSplit) = Self.labelings(of: index.folders, taken: Set(labelings.map(\.name)))
    self.labelings = labelings + folderLabelings
    self.remarks = remarks
    self.notes = notes
    identity = "archives \(count) \(hash.text)"
    split = split ?? folderSplit ?? Self.split(byNamesOf: paths, starts: index.starts)
    self.split =
      split ?? .stratified(by: self.labelings.first?.labels ?? .none(count)) { String(index.pathHashes[$0], radix: 16) }
  }

  /// The number of images.
  public var count: Int { places.count }

  /// How many runs of gzipped archives were expanded so far.
  var expansionCount: Int { cache.expansionCount }

  /// The image's path in its archive.
  public func title(of item: Int) -> String {
    (try? content(of: item) { name, _ in name }) ?? "\(archive(of: item).name) #\(item)"
  }

  /// The texts beside the image, and those of the table.
  public func captions(of item: Int) -> [Caption] {
    var captions: [Caption] = []
    if !objects.isEmpty, objects[item] >= 0 {
      captions += (try? archive(of: item).withContent(at: objects[item]) { _, json in self.captions(in: json) }) ?? []
    }
    if !texts.isEmpty, texts[item] >= 0 {
      captions += (try? archive(of: item).withContent(at: texts[item]) { _, text in Sidecars.captions(text) }) ?? []
    }
    if let table, table.start..<table.start + table.items.count ~= item {
      captions += table.items.captions(of: item - table.start)
    }
    // Tools write the same text beside an image twice, as .txt and in .json.
    return captions.enumerated().filter { place, caption in !captions[..<place].contains(caption) }.map(\.element)
  }

  /// Decodes an image where it lies.
  public func image(of item: Int) throws -> Image {
    try content(of: item) { name, bytes in try Image(decoding: bytes, named: place(name, item)) }
  }

  /// Decodes an image where it lies, a JPEG at a fraction of its size where that is enough.
  public func image(of item: Int, fitting minimumSide: Int) throws -> Image {
    try content(of: item) { name, bytes in
      try Image(decoding: bytes, named: place(name, item), fitting: minimumSide)
    }
  }

  /// Reads an image's file and its header.
  public func picture(of item: Int) throws -> Picture {
    try content(of: item) { name, bytes in .file(try ImageFile(Array(bytes), named: place(name, item))) }
  }

  private func place(_ name: String, _ item: Int) -> String { "\(archive(of: item).name): \(name)" }

  private func content<Result>(of item: Int, _ body: (String, UnsafeRawBufferPointer) throws -> Result) throws -> Result
  {
    try archive(of: item).withContent(at: places[item], body)
  }

  private func archive(of item: Int) -> any Archive {
    precondition(0..<count ~= item, "there are \(count) items; there is no item \(item)")
    return archives[starts.lastPlace(notAbove: item)]
  }

  private func captions(in json: UnsafeRawBufferPointer) -> [Caption] {
    guard let members = JSONScanner.members(in: json, 0..<json.count) else { return [] }
    var names = names
    let row = TableRow(bytes: json, fields: Sidecars.fields(members, json, &names, adding: false))
    return ColumnRoles(names.all).captions(in: row)
  }
}
