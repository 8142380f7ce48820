#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file's bytes as memory, read from the disk when they are touched.
///
/// A file that another process truncates while it is mapped takes this one down when the lost part is touched: files
/// that are replaced whole, as `Files.write` does, are safe.
public final class MappedFile: Sendable {
  /// The bytes, valid as long as this object lives.
  public nonisolated(unsafe) let bytes: UnsafeRawBufferPointer  // never written to, so any thread may read

  /// Maps a file.
  ///
  /// - Throws: `InputError` when the file is missing, no plain file, or cannot be mapped.
  public convenience init(_ path: String) throws {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw Files.failure(path, "cannot be opened") }
    defer { close(file) }
    try self.init(file, of: path)
  }

  /// Writes a temporary file, maps it, and takes its name away: its place on the disk is free again with the object.
  ///
  /// It lies in `$TMPDIR`, or in /tmp.
  ///
  /// - Throws: `InputError` when the disk is full, and what the body throws.
  public static func temporary(_ body: (Files.Sink) throws -> Void) throws -> MappedFile {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array("\(folder.isEmpty ? "/tmp" : folder)/kindred-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard file >= 0 else { throw Files.failure(path, "cannot be written") }
    unlink(path)
    defer { close(file) }
    let sink = Files.Sink(file: file, path: path)
    try body(sink)
    try sink.flush()
    return try MappedFile(file, of: path)
  }

  /// What standard input brings, all of it, in a temporary file.
  ///
  /// - Throws: `InputError` when it cannot be read or the disk is full.
  public static func standardInput() throws -> MappedFile {
    try temporary { sink in
      var chunk = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        let count = chunk.withUnsafeMutableBytes { read(0, $0.baseAddress!, $0.count) }
        if count < 0, errno == EINTR { continue }
        if count < 0 { throw Files.failure("standard input", "cannot be read") }
        if count == 0 { return }
        try chunk.withUnsafeBytes { try sink.append(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      }
    }
  }

  private init(_ file: Int32, of path: String) throws {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Files.failure(path, "cannot be examined") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw InputError(in: path, "is not a file") }
    guard status.st_size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
      throw Files.failure(path, "cannot be mapped")
    }
    bytes = UnsafeRawBufferPointer(start: start, count: Int(status.st_size))
  }

  deinit {
    if let start = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }
  }
}
