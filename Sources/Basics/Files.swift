#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Reading and writing whole files, such that a file is there whole or not at all.
public enum Files {
  /// Returns the bytes of a file.
  ///
  /// - Throws: `InputError` when the file is missing or cannot be read.
  public static func bytes(of path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw failure(path, "cannot be opened") }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure(path, "cannot be examined") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw InputError(in: path, "is not a file") }
    let size = Int(status.st_size)
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let n = read(file, buffer.baseAddress! + count, size - count)
        if n < 0 && errno == EINTR { continue }
        if n <= 0 {
          failed = n < 0
          break
        }
        count += n
      }
    }
    if failed { throw failure(path, "cannot be read") }
    return bytes
  }

  /// Returns the text of a UTF-8 file.
  ///
  /// - Throws: `InputError` when the file is missing, cannot be read, or is not UTF-8.
  public static func text(of path: String) throws -> String {
    guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
      throw InputError(in: path, "is not UTF-8 text")
    }
    return text
  }

  /// Writes a file so that a reader, a crash or a full disk sees the old one or the new one, never a part.
  ///
  /// The content goes to a file beside it, which is synced and then renamed over the old one.
  ///
  /// - Throws: `InputError` when the folder is missing or the disk is full; the old file is then untouched. Also where a
  ///   device is: the rename would put a file in its place.
  public static func write(_ path: String, _ body: (Sink) throws -> Void) throws {
    if isDevice(path) { throw InputError(in: path, "is not a file", remedy: "name a file to be written") }
    let beside = "\(path).\(getpid()).partial"
    let file = open(beside, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { throw failure(path, "cannot be written") }
    do {
      defer { close(file) }
      let sink = Sink(file: file, path: path)
      try body(sink)
      try sink.flush()
      // What is synced is safe: closing can lose nothing any more.
      guard fsync(file) == 0 else { throw failure(path, "cannot be written") }
    } catch {
      unlink(beside)
      throw error
    }
    guard rename(beside, path) == 0 else {
      let error = failure(path, "cannot be written")
      unlink(beside)
      throw error
    }
    syncFolder(of: path)
  }

  /// Writes bytes as `write(_:_:)` does.
  public static func write(_ path: String, bytes: some Sequence<UInt8>) throws {
    try write(path) { try $0.append(Array(bytes)) }
  }

  /// Writes a text as `write(_:_:)` does.
  public static func write(_ path: String, text: String) throws {
    try write(path, bytes: text.utf8)
  }

  /// Adds bytes at the end of a file, which is made when it is missing.
  ///
  /// - Throws: `InputError` when the disk is full or the file may not be written.
  public static func append(_ path: String, bytes: [UInt8]) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    guard file >= 0 else { throw failure(path, "cannot be written") }
    defer { close(file) }
    let sink = Sink(file: file, path: path)
    try sink.append(bytes)
    try sink.flush()
  }

  /// Whether there is something at the path.
  public static func exists(_ path: String) -> Bool {
    access(path, F_OK) == 0
  }

  /// Whether the path is a folder.
  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether something is at the path that is neither a file nor a folder: a device, a pipe, a socket.
  public static func isDevice(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  /// Makes a folder and those above it that are missing.
  ///
  /// - Throws: `InputError` when a file stands in the way or the folder may not be made.
  public static func makeFolder(_ path: String) throws {
    if isFolder(path) || path.isEmpty { return }
    let parent = folder(of: path)
    if parent != path { try makeFolder(parent) }
    guard mkdir(path, 0o755) == 0 || errno == EEXIST && isFolder(path) else {
      throw failure(path, "cannot be made a folder")
    }
  }

  /// Returns the names in a folder, in the order of their UTF-8 bytes, without those that begin with a dot.
  ///
  /// - Throws: `InputError` when the folder is missing or may not be read.
  public static func names(in path: String) throws -> [String] {
    guard let folder = opendir(path) else { throw failure(path, "cannot be opened as a folder") }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The path of the folder that a path lies in; `.` for a bare name.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  public static func name(of path: String) -> String {
    String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
  }

  /// An error that names the path and says what the system said.
  static func failure(_ path: String, _ what: String) -> InputError {
    let code = errno
    let remedy =
      switch code {
      case ENOSPC, EDQUOT: "make room on the disk and run the command again"
      case ENOENT: "check the path"
      case EACCES, EPERM, EROFS: "check who may read and write there"
      default: ""
      }
    return InputError(in: path, "\(what) (\(String(cString: strerror(code)).lowercased()))", remedy: remedy)
  }

  private static func syncFolder(of path: String) {
    let file = open(folder(of: path), O_RDONLY)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }
}

extension Files {
  /// Where the content of a file goes while it is written.
  public final class Sink {
    private let file: Int32
    private let path: String
    private var pending: [UInt8] = []

    init(file: Int32, path: String) {
      self.file = file
      self.path = path
    }

    /// Appends bytes.
    public func append(_ bytes: [UInt8]) throws {
      try bytes.withUnsafeBytes(append)
    }

    /// Appends bytes that lie elsewhere.
    public func append(_ bytes: UnsafeRawBufferPointer) throws {
      if bytes.count + pending.count < 1 << 16 {
        pending.append(contentsOf: bytes)
      } else {
        try flush()
        try put(bytes)
      }
    }

    func flush() throws {
      try pending.withUnsafeBytes(put)
      pending.removeAll(keepingCapacity: true)
    }

    private func put(_ bytes: UnsafeRawBufferPointer) throws {
      var rest = bytes[...]
      while !rest.isEmpty {
        let n = UnsafeRawBufferPointer(rebasing: rest).withMemoryRebound(to: UInt8.self) {
          #if canImport(Glibc)
          Glibc.write(file, $0.baseAddress!, $0.count)
          #else
          Darwin.write(file, $0.baseAddress!, $0.count)
          #endif
        }
        if n < 0 && errno == EINTR { continue }
        guard n > 0 else { throw Files.failure(path, "cannot be written") }
        rest = rest[(rest.startIndex + n)...]
      }
    }
  }
}
