import Basics

/// The bytes of a text that may be larger than memory: a mapped file, a part of one, or an array.
///
/// `@unchecked Sendable`: the bytes are never written to, and whoever owns them lives as long.
struct HeldBytes: @unchecked Sendable {
  /// All bytes.
  let bytes: UnsafeRawBufferPointer
  private let owner: AnyObject

  /// A part of what somebody keeps in memory.
  init(_ bytes: UnsafeRawBufferPointer, of owner: AnyObject) {
    self.bytes = bytes
    self.owner = owner
  }

  /// Bytes of its own.
  init(_ bytes: [UInt8]) {
    let copy = Copy(bytes)
    self.init(UnsafeRawBufferPointer(copy.bytes), of: copy)
  }

  /// Copies bytes into a temporary file, and maps that: for a text within something that is read from front to back.
  init(copying bytes: UnsafeRawBufferPointer) throws {
    let file = try MappedFile.temporary { try $0.append(bytes) }
    self.init(file.bytes, of: file)
  }

  /// Maps a file; one that is gzipped is expanded into a temporary file first, so that either takes no memory that the
  /// system cannot have back.
  ///
  /// - Throws: `InputError` when the file is missing or damaged.
  init(contentsOf path: String) throws {
    var file = try MappedFile(path)
    if Gzip.isCompressed(file.bytes) { file = try Gzip.expandedFile(file.bytes, named: path) }
    self.init(file.bytes, of: file)
  }

  /// The number of the line that a byte is in, from 1. It counts them, which only an error is worth.
  func line(of offset: Int) -> Int {
    1 + bytes[..<offset].reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
  }

  private final class Copy {
    let bytes: UnsafeMutableRawBufferPointer

    init(_ array: [UInt8]) {
      bytes = .allocate(byteCount: array.count, alignment: 16)
      bytes.copyBytes(from: array)
    }

    deinit { bytes.deallocate() }
  }
}
