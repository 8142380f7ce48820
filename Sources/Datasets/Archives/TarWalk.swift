import Basics

/// The members of a tar archive, one after another.
struct TarWalk {
  /// The bytes of the archive.
  let bytes: any ForwardBytes
  /// What errors call it.
  let name: String

  /// What of the member before was not read yet, and the filling after it: it is passed over only when the walk goes
  /// on, since that may take the memory that its content lies in.
  private var rest = 0
  private var filling = 0
  private var member: ArchiveMember?

  /// Begins at a header.
  init(_ bytes: any ForwardBytes, named name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// The next file or link; nil at the end of the archive.
  ///
  /// - Throws: `InputError` when the archive is damaged or cut short.
  mutating func next() throws -> ArchiveMember? {
    try finish()
    var longName: String?
    var longSize: Int?
    var place = bytes.position
    while true {
      let start = bytes.position
      let block = try bytes.next(TarHeader.blockSize)
      if block.isEmpty || TarHeader.isEnd(block) && block.count == TarHeader.blockSize { return nil }
      guard block.count == TarHeader.blockSize else {
        throw damage("is cut short within a header, at byte \(start)")
      }
      guard let header = TarHeader(block) else {
        throw start == 0
          ? InputError(in: name, "is no tar archive", remedy: "check that the file is what its name says")
          : damage("has a damaged header at byte \(start): its checksum is wrong")
      }
      switch header.kind {
      case .longName, .extended:
        guard header.size <= 1 << 20 else { throw damage("has a damaged header at byte \(start)") }
        let content = try bytes.next(header.size)
        if header.kind == .longName {
          longName = TarHeader.text(content)
        } else {
          let records = Self.records(content)
          longName = records["path"] ?? longName
          longSize = records["size"].flatMap { Int($0) } ?? longSize
        }
        _ = try bytes.skip(Self.filling(header.size))
      case .file, .link:
        let size = header.kind == .file ? max(longSize ?? header.size, 0) : 0
        let name = longName ?? header.name
        let found = ArchiveMember(
          place: place, name: name.hasPrefix("./") ? String(name.dropFirst(2)) : name, size: size,
          isLink: header.kind == .link)
        member = found
        rest = size
        filling = Self.filling(size)
        return found
      case .other:
        // A folder or a device has no content, whatever it says; what is unknown may have.
        let skipped = try bytes.skip(header.size + Self.filling(header.size))
        guard skipped >= header.size else { throw damage("is cut short, at byte \(bytes.position)") }
        (longName, longSize) = (nil, nil)
        place = bytes.position
      }
    }
  }

  /// The content of the member that came last; once only, and valid until the walk goes on.
  mutating func content() throws -> UnsafeRawBufferPointer {
    precondition(rest == member?.size, "the content of a member can be read once, before the next")
    let content = try bytes.next(rest)
    guard content.count == rest else { throw tooShort(content.count) }
    rest = 0
    return content
  }

  /// Passes over what was not read of the member that came last.
  mutating func finish() throws {
    if rest > 0 {
      let skipped = try bytes.skip(rest)
      guard skipped == rest else { throw tooShort(skipped) }
      rest = 0
    }
    _ = try bytes.skip(filling)
    filling = 0
  }

  private func tooShort(_ found: Int) -> InputError {
    damage("is cut short: '\(member?.name ?? "")' has \(member?.size ?? 0) bytes, of which \(found) are there")
  }

  private func damage(_ problem: String) -> InputError {
    InputError(in: name, problem, remedy: "copy or download the archive again")
  }

  /// What follows a content up to the next block.
  private static func filling(_ size: Int) -> Int {
    -size & (TarHeader.blockSize - 1)
  }

  /// The records of a pax header: each its own length, a space, `key=value`, a new line.
  private static func records(_ content: UnsafeRawBufferPointer) -> [String: String] {
    var records: [String: String] = [:]
    var rest = content[...]
    while let space = rest.firstIndex(of: 0x20), let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
      length > space - rest.startIndex + 1, length <= rest.count
    {
      let record = rest[(space + 1)..<(rest.startIndex + length - 1)]
      if let equals = record.firstIndex(of: UInt8(ascii: "=")) {
        records[String(decoding: record[..<equals], as: UTF8.self)] =
          String(decoding: record[(equals + 1)...], as: UTF8.self)
      }
      rest = rest[(rest.startIndex + length)...]
    }
    return records
  }
}
