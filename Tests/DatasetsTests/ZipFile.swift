import Basics
import TestSupport

/// Makes zip archives byte by byte, right ones and wrong ones.
struct ZipFile {
  private(set) var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// What is wrong with a member.
  struct Lies {
    var size: Int?
    var packedSize: Int?
    var offset: Int?
    var checksum: UInt32?
  }

  private func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// Appends a member; `packed` is its deflated content, where it is not stored.
  mutating func add(
    _ name: String, _ content: [UInt8], packed: [UInt8]? = nil, flags: Int = 0, mode: Int = 0o100644,
    lies: Lies = Lies()
  ) {
    let offset = bytes.count
    let data = packed ?? content
    let method = packed == nil ? 0 : 8
    let fields =
      number(flags, 2) + number(method, 2) + number(0, 4)
      + number(Int(lies.checksum ?? Gzip.checksum(of: content)), 4) + number(lies.packedSize ?? data.count, 4)
      + number(lies.size ?? content.count, 4) + number(name.utf8.count, 2)
    bytes += number(0x0403_4B50, 4) + number(20, 2) + fields + number(0, 2) + Array(name.utf8) + data
    directory += number(0x0201_4B50, 4) + [20, 3] + number(20, 2) + fields
    directory += number(0, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(mode << 16, 4)
    directory += number(lies.offset ?? offset, 4) + Array(name.utf8)
    count += 1
  }

  /// The archive with its directory.
  func ended(count lie: Int? = nil, start: Int? = nil, comment: String = "") -> [UInt8] {
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(lie ?? count, 2) + number(lie ?? count, 2)
      + number(directory.count, 4) + number(start ?? bytes.count, 4) + number(comment.utf8.count, 2)
    return bytes + directory + end + Array(comment.utf8)
  }

  /// What the gzip program makes of bytes, without its header and checksum.
  static func deflated(_ bytes: [UInt8]) throws -> [UInt8] {
    try withTemporaryFolder { folder in
      try Files.write("\(folder)/x", bytes: bytes)
      let run = try ProcessRun("/bin/sh", ["-c", "gzip -n < x > x.gz"], in: folder)
      guard run.wait() == .exited(0) else { throw InputError("gzip: \(run.errors)") }
      return try Array(Files.bytes(of: "\(folder)/x.gz").dropFirst(10).dropLast(8))
    }
  }
}
