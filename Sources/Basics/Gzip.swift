import CZlib

/// Gzip files, and the checksum that they use.
public enum Gzip {
  /// Returns the bytes of a file, expanded where it is gzipped.
  ///
  /// - Throws: `InputError` when the file is missing, cannot be read, or is gzipped and damaged.
  public static func bytes(of path: String) throws -> [UInt8] {
    let bytes = try Files.bytes(of: path)
    return isCompressed(bytes) ? try expanded(bytes, named: path) : bytes
  }

  /// Whether the bytes begin as those of a gzip file do.
  public static func isCompressed(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// Whether bytes in memory of any kind begin as those of a gzip file do.
  public static func isCompressed(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// Expands a gzip file into a temporary one that has no name any more, and maps that.
  ///
  /// - Throws: `InputError` when the file is damaged or the disk is full.
  public static func expandedFile(_ bytes: UnsafeRawBufferPointer, named name: String) throws -> MappedFile {
    let reader = try GzipReader(bytes, named: name)
    return try MappedFile.temporary { sink in
      var chunk = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        let count = try chunk.withUnsafeMutableBytes { try reader.read(into: $0) }
        if count == 0 { return }
        try chunk.withUnsafeBytes { try sink.append(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      }
    }
  }

  /// Expands a gzip file that lies in memory; several members after one another become one.
  ///
  /// - Throws: `InputError` when the file is damaged or cut short; zlib verifies its checksum.
  public static func expanded(_ bytes: [UInt8], named name: String) throws -> [UInt8] {
    guard let stream = czlib_open() else { throw InputError(in: name, "cannot be expanded: out of memory") }
    defer { czlib_close(stream) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    try bytes.withUnsafeBufferPointer { input in
      var rest = input[...]
      var hasEnded = false
      while !rest.isEmpty || !hasEnded {
        if hasEnded {
          // Some tools pad the end with zeros.
          if rest.allSatisfy({ $0 == 0 }) { return }
          czlib_reset(stream)
        }
        var (taken, made) = (rest.count, chunk.count)
        let code = czlib_expand(stream, UnsafeBufferPointer(rebasing: rest).baseAddress, &taken, &chunk, &made)
        guard code == CZLIB_MORE || code == CZLIB_END else {
          let problem = code == CZLIB_STUCK ? "is cut short" : "is damaged"
          throw InputError(in: name, "\(problem) (gzip)", remedy: "copy or download the file again")
        }
        result.append(contentsOf: chunk[..<made])
        rest = rest[(rest.startIndex + taken)...]
        hasEnded = code == CZLIB_END
      }
    }
    return result
  }

  /// Returns the CRC-32 of bytes, as gzip, zip and PNG define it.
  public static func checksum(of bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBytes(checksum)
  }

  /// Returns the CRC-32 of bytes in memory of any kind.
  public static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    czlib_checksum(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
  }
}
