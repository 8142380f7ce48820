import CZlib

/// Compressed data without gzip's header and checksum, as zip files hold it.
///
/// Source: Deutsch. "DEFLATE Compressed Data Format Specification version 1.3." RFC 1951.
public enum Deflate {
  /// Deflate never makes more than this many bytes of one: a size that promises more lies.
  public static let mostExpansion = 1032

  /// Expands data whose expanded size is known.
  ///
  /// - Returns: The bytes, or nil when the data is damaged or of another size. No more memory is taken than a size that
  ///   can be true asks for.
  public static func expanded(_ bytes: UnsafeRawBufferPointer, to size: Int) -> [UInt8]? {
    guard size >= 0, size / mostExpansion <= bytes.count, let stream = czlib_open_raw() else { return nil }
    defer { czlib_close(stream) }
    let input = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    var offset = 0
    var hasEnded = false
    // One byte of room more than should be needed: an end shows only when there is room.
    let result = [UInt8](unsafeUninitializedCapacity: size + 1) { output, count in
      while !hasEnded, count <= size {
        var (taken, made) = (bytes.count - offset, size + 1 - count)
        let code = czlib_expand(stream, input.map { $0 + offset }, &taken, output.baseAddress! + count, &made)
        guard code == CZLIB_MORE || code == CZLIB_END else { return }
        offset += taken
        count += made
        hasEnded = code == CZLIB_END
      }
    }
    guard hasEnded, result.count == size else { return nil }
    return result
  }
}
