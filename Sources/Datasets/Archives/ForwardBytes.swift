import Basics

/// Bytes that are read from front to back.
protocol ForwardBytes: AnyObject {
  /// The number of bytes that were read or passed over.
  var position: Int { get }

  /// Reads bytes, fewer than asked for only at the end; valid until the next call.
  func next(_ count: Int) throws -> UnsafeRawBufferPointer

  /// Passes over bytes, and returns how many there were.
  func skip(_ count: Int) throws -> Int
}

/// Bytes in memory or in a mapped file.
final class LyingBytes: ForwardBytes {
  private(set) var position: Int
  private let bytes: UnsafeRawBufferPointer

  /// Begins at an offset. The bytes must stay where they are.
  init(_ bytes: UnsafeRawBufferPointer, from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  func next(_ count: Int) -> UnsafeRawBufferPointer {
    let end = min(bytes.count, position + count)
    defer { position = end }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<end])
  }

  func skip(_ count: Int) -> Int {
    let end = min(bytes.count, position.addingReportingOverflow(count).partialValue)
    defer { position = end }
    return end - position
  }
}

/// The bytes of a gzip file, expanded as they are asked for.
final class ExpandedBytes: ForwardBytes {
  private let reader: GzipReader
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

  init(_ reader: GzipReader) { self.reader = reader }

  deinit { buffer.deallocate() }

  var position: Int { reader.position }

  func next(_ count: Int) throws -> UnsafeRawBufferPointer {
    // It grows with what is there, not with what a header says is there.
    var filled = 0
    while filled < count {
      if filled == buffer.count {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
        buffer.deallocate()
        buffer = larger
      }
      let made = try reader.read(
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<min(count, buffer.count)]))
      if made == 0 { break }
      filled += made
    }
    return UnsafeRawBufferPointer(rebasing: buffer[..<filled])
  }

  func skip(_ count: Int) throws -> Int {
    var skipped = 0
    while skipped < count {
      let made = try reader.read(
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(count - skipped, buffer.count)]))
      if made == 0 { break }
      skipped += made
    }
    return skipped
  }
}
