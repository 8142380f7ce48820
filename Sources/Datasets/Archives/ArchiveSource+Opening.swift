import Basics

extension ArchiveSource {
  /// Whether a file's name is that of an archive.
  static func isArchive(_ name: String) -> Bool {
    [".tar", ".tar.gz", ".tgz", ".zip"].contains { name.lowercased().hasSuffix($0) }
  }

  /// The archives in a folder, or in its folders of parts.
  static func files(in folder: String) throws -> [String] {
    func archives(_ folder: String) throws -> [String] {
      try Files.names(in: folder).filter { isArchive($0) && !Files.isFolder("\(folder)/\($0)") }.map {
        "\(folder)/\($0)"
      }
    }
    let own = try archives(folder)
    if !own.isEmpty { return own }
    let parts = try Files.names(in: folder).filter {
      (PartNames.train + PartNames.test).contains($0.lowercased()) && Files.isFolder("\(folder)/\($0)")
    }
    return try parts.flatMap { try archives("\(folder)/\($0)") }
  }

  /// Opens one archive, told by its content.
  static func open(_ path: String, cache: RunCache, spacing: Int, visit: ArchiveVisit) throws -> any Archive {
    let file = try MappedFile(path)
    if Gzip.isCompressed(file.bytes) {
      return try GzippedTar(file, named: path, cache: cache, spacing: spacing, visit: visit)
    }
    // "PK": of a member, or of the end of an empty archive.
    if file.bytes.starts(with: [0x50, 0x4B]) || path.lowercased().hasSuffix(".zip") {
      return try ZipArchive(file, named: path, visit: visit)
    }
    return try TarArchive(file, named: path, visit: visit)
  }

  /// How many bytes of expanded archives are kept.
  static let expandedBytes = 256 << 20

  /// Which items are read together: nil when all archives can be read anywhere.
  static func runs(of archives: [any Archive], places: [Int], starts: [Int], expandedBytes: Int) -> ReadingRuns? {
    var firsts: [Int] = []
    var longest = 0
    for (number, archive) in archives.enumerated() {
      let items = starts[number]..<starts[number + 1]
      guard let gzipped = archive as? GzippedTar else {
        if !items.isEmpty { firsts.append(items.lowerBound) }
        continue
      }
      longest = max(longest, gzipped.longestRun)
      var run = -1
      for item in items {
        let own = gzipped.runs.lastPlace(notAbove: places[item])
        if own != run { firsts.append(item) }
        run = own
      }
    }
    guard longest > 0 else { return nil }
    // While one lot of runs is visited, workers are at the next already: both must fit.
    return ReadingRuns(starts: firsts, together: max(1, min(32, expandedBytes / 2 / longest)))
  }

  /// Joins the rows of the table that an archive holds to the images of that archive.
  static func join(
    _ found: (text: HeldBytes, path: String, archive: Int), to index: ArchiveIndex, in archive: String,
    remarks: inout Remarks
  ) throws -> (ItemTable, start: Int) {
    let table = try Table(found.text, named: "\(archive): \(found.path)", remarks: &remarks)
    let folder = Files.folder(of: found.path)
    let scan = try TableScan(table, below: folder == "." ? "" : folder + "/", remarks: &remarks)
    let start = index.starts[found.archive]
    var images: [UInt64: Int32] = [:]
    for item in start..<index.starts[found.archive + 1] { images[index.pathHashes[item]] = Int32(item - start) }
    var owners: [Int32] = []
    owners.reserveCapacity(scan.images.count)
    for (row, image) in scan.images.enumerated() {
      let owner = image.flatMap { images[$0] }
      if image != nil, owner == nil {
        remarks.add(
          InputError(
            in: table.place(of: row),
            "names '\(table[row].text(scan.roles.image!) ?? "")', which is not in the archive",
            remedy: "this row is left out"))
      }
      owners.append(owner ?? -1)
    }
    return (ItemTable(table, scan, items: owners, count: images.count), start)
  }

  /// What the folders of the images say.
  static func labelings(of column: LabelColumn, taken: Set<String>) -> ([Labeling], Split?) {
    guard let folders = column.labeling() else { return ([], nil) }
    let found = FolderClasses(folders.classes.map { $0 == "." ? "" : $0 })
    func labeling(_ name: String, _ names: [String?]) -> Labeling? {
      let labeling = folders.renamed(name, names)
      return labeling.classes.isEmpty || taken.contains(name) ? nil : labeling
    }
    let classes = labeling("class", found.classes)
    let finer = labeling("folder", found.folders).flatMap { $0.classes == classes?.classes ? nil : $0 }
    return ([classes, finer].compactMap { $0 }, labeling("part", found.parts).flatMap(PartNames.split))
  }

  /// The parts that the names of shards begin with: `train-000.tar`, `val-000.tar`; or the folders that they lie in.
  static func split(byNamesOf paths: [String], starts: [Int]) -> Split? {
    var parts = LabelColumn(name: "part")
    for (number, path) in paths.enumerated() {
      let name = Files.name(of: path).lowercased().prefix { $0.isLetter }
      let folder = Files.name(of: Files.folder(of: path)).lowercased()
      let known = PartNames.train + PartNames.test
      let part = known.first { $0 == name } ?? known.first { $0 == folder }
      for _ in starts[number]..<starts[number + 1] { parts.add(part) }
    }
    return parts.labeling().flatMap(PartNames.split)
  }
}

extension [Int] {
  /// The last place of an ascending list whose number is not above a given one; the first is known not to be.
  func lastPlace(notAbove number: Int) -> Int {
    var (low, high) = (0, count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if self[middle] <= number { low = middle } else { high = middle }
    }
    return low
  }
}
