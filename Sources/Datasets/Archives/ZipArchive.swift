import Basics

/// A zip archive, read where it lies: members are stored or deflated, each by itself.
///
/// What its directory says is believed only as far as the bytes bear it out: offsets and sizes are checked before they
/// are used, and every member's checksum after it was expanded.
///
/// Source: PKWARE. ".ZIP File Format Specification", version 6.3.
struct ZipArchive: Archive {
  let name: String
  private let file: MappedFile

  /// Goes through an archive, in the order of the members' names: files of one name but for the ending then lie
  /// together, as they do in a tar archive.
  ///
  /// - Throws: `InputError` when it is damaged or cut short, and what the visit throws.
  init(_ file: MappedFile, named name: String, visit: ArchiveVisit) throws {
    self.file = file
    self.name = name
    guard let directory = ZipDirectory(file.bytes) else {
      let isZip = file.bytes.starts(with: [0x50, 0x4B, 3, 4])
      throw InputError(
        in: name, isZip ? "is cut short: it has no directory at its end" : "is no zip archive",
        remedy: isZip ? "copy or download the archive again" : "check that the file is what its name says")
    }
    var entries = try directory.entries(of: file.bytes, named: name)
    entries.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for entry in entries where !entry.name.hasSuffix("/") {
      let member = ArchiveMember(place: entry.place, name: entry.name, size: entry.size, isLink: entry.isLink)
      // What is stored lies in the file; what was expanded goes with the visit.
      var expanded: HeldBytes?
      try visit(member) {
        if entry.method == 0 { return ArchiveContent(bytes: try checked(stored(entry), entry), owner: file) }
        let content = try HeldBytes(content(of: entry))
        expanded = content
        return ArchiveContent(bytes: content.bytes, owner: nil)
      }
      withExtendedLifetime(expanded) {}
    }
  }

  var runs: [Int] { [] }

  func withContent<Result>(
    at place: Int, _ body: (_ name: String, UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    guard let entry = ZipDirectory.Entry(file.bytes, at: place) else {
      throw InputError(in: name, "has changed since it was opened")
    }
    if entry.method == 0 { return try body(entry.name, checked(stored(entry), entry)) }
    return try content(of: entry).withUnsafeBytes { try body(entry.name, $0) }
  }

  /// The bytes of a member as they lie in the file.
  func stored(_ entry: ZipDirectory.Entry) throws -> UnsafeRawBufferPointer {
    guard let content = entry.data(in: file.bytes) else {
      throw damage(entry, "lies beyond the archive's end")
    }
    return content
  }

  private func content(of entry: ZipDirectory.Entry) throws -> [UInt8] {
    let data = try stored(entry)
    switch entry.method {
    case 0: return Array(try checked(data, entry))
    case 8:
      guard let bytes = Deflate.expanded(data, to: entry.size) else {
        throw damage(entry, "does not expand to the \(entry.size) bytes that the directory says")
      }
      return try bytes.withUnsafeBytes { Array(try checked($0, entry)) }
    default:
      throw InputError(
        in: "\(name): \(entry.name)", "is compressed by method \(entry.method), which cannot be read",
        remedy: "zip it again with deflate, which is usual")
    }
  }

  private func checked(_ bytes: UnsafeRawBufferPointer, _ entry: ZipDirectory.Entry) throws -> UnsafeRawBufferPointer {
    if entry.isEncrypted {
      throw InputError(in: "\(name): \(entry.name)", "is encrypted", remedy: "zip it again without a password")
    }
    guard bytes.count == entry.size, Gzip.checksum(of: bytes) == entry.checksum else {
      throw damage(entry, "is damaged: its checksum is wrong")
    }
    return bytes
  }

  private func damage(_ entry: ZipDirectory.Entry, _ problem: String) -> InputError {
    InputError(in: "\(name): \(entry.name)", problem, remedy: "copy or download the archive again")
  }
}
