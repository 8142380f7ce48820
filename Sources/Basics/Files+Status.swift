#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Files {
  /// What is known of a file without opening it.
  public struct Status: Hashable, Sendable {
    /// Its length.
    public let bytes: Int

    /// When it was last written or touched, in nanoseconds since 1970.
    public let modified: Int
  }

  /// The status of what is at a path, or nil when nothing is.
  public static func status(of path: String) -> Status? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
    let time = status.st_mtimespec
    #else
    let time = status.st_mtim
    #endif
    return Status(bytes: Int(status.st_size), modified: Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec))
  }

  /// Notes that a file was used just now, if it may be.
  public static func touch(_ path: String) {
    utimensat(AT_FDCWD, path, nil, 0)
  }

  /// Takes a file away, if it is there and may be.
  public static func remove(_ path: String) {
    unlink(path)
  }

  /// The file of the program that runs, or nil where that is not known.
  public static var program: String? {
    #if canImport(Darwin)
    var buffer = [CChar](repeating: 0, count: 4096)
    var size = UInt32(buffer.count)
    guard _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #else
    return exists("/proc/self/exe") ? "/proc/self/exe" : nil
    #endif
  }
}
