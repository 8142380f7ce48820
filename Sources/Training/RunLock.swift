import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The sole right to write into a run's folder, held by one process as long as this object lives.
///
/// It is the system's lock on the file `.lock`, which holds the process's number for whoever is refused. The system
/// takes the lock back when the process ends, however it ends: a lock is never left behind. Where a file system knows
/// no locks, nobody is refused.
final class RunLock {
  private let file: Int32

  /// Takes the right.
  ///
  /// - Throws: `InputError` that names the process which has it, or when the folder may not be written to.
  init(on folder: String) throws {
    let path = "\(folder)/.lock"
    try Files.append(path, bytes: [])
    file = open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { throw InputError(in: path, "cannot be opened") }
    if flock(file, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      let holder = (try? Files.text(of: path)).flatMap { Int32($0) }
      close(file)
      throw InputError(
        in: folder, "is being trained in by " + (holder.map { "process \($0)" } ?? "another process"),
        remedy: "wait for it or stop it, or name another folder with --run")
    }
    let number = Array("\(getpid())".utf8)
    ftruncate(file, 0)
    _ = number.withUnsafeBytes { pwrite(file, $0.baseAddress!, $0.count, 0) }
  }

  deinit { close(file) }
}
