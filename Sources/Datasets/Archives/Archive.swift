/// A file of files, whose members can be read in any order once it was gone through.
protocol Archive: Sendable {
  /// What errors call it.
  var name: String { get }

  /// Where runs of members begin that are read together, as places, ascending; empty when every member is read by
  /// itself.
  var runs: [Int] { get }

  /// Calls a body with the name and the content of a member, valid within the body.
  ///
  /// - Parameter place: What `ArchiveMember.place` was.
  /// - Throws: `InputError` when the archive has changed or the member is damaged.
  func withContent<Result>(
    at place: Int, _ body: (_ name: String, UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result
}

/// A file in an archive.
struct ArchiveMember {
  /// Where to find it again.
  var place: Int
  /// Its path in the archive.
  var name: String
  /// The bytes of its content.
  var size: Int
  /// Whether it only points to another member.
  var isLink: Bool
}

/// What goes through an archive when it is opened: called with each member, and a way to its content.
///
/// The content is valid until the call returns. Its owner is there when the bytes stay longer, with the archive.
typealias ArchiveVisit = (ArchiveMember, _ content: () throws -> ArchiveContent) throws -> Void

/// The content of a member on the way through an archive.
struct ArchiveContent {
  /// The bytes.
  var bytes: UnsafeRawBufferPointer
  /// Who keeps the bytes in memory; nil when they go with the next member.
  var owner: AnyObject?
}
