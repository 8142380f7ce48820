import Basics

/// A plain tar archive, read where it lies.
struct TarArchive: Archive {
  let name: String
  private let file: MappedFile

  /// Goes through an archive.
  ///
  /// - Throws: `InputError` when it is damaged or cut short, and what the visit throws.
  init(_ file: MappedFile, named name: String, visit: ArchiveVisit) throws {
    self.file = file
    self.name = name
    var walk = TarWalk(LyingBytes(file.bytes), named: name)
    while let member = try walk.next() {
      try visit(member) { ArchiveContent(bytes: try walk.content(), owner: file) }
    }
  }

  var runs: [Int] { [] }

  func withContent<Result>(
    at place: Int, _ body: (_ name: String, UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    var walk = TarWalk(LyingBytes(file.bytes, from: place), named: name)
    guard let member = try walk.next() else { throw InputError(in: name, "has changed since it was opened") }
    return try body(member.name, walk.content())
  }
}
