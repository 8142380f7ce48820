import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A truth value that signal handlers and threads may set.
final class Flag: Sendable {
  private let value = Atomic<Bool>(false)

  func set(_ new: Bool) { value.store(new, ordering: .relaxed) }
  func get() -> Bool { value.load(ordering: .relaxed) }
}

/// Ctrl-C and a polite kill: the run finishes its step, writes a checkpoint and ends. A second Ctrl-C ends at once.
enum Interruption {
  private static let flag = Flag()

  /// Whether somebody asked to stop.
  static var isRequested: Bool { flag.get() }

  /// Begins to listen.
  static func listen() {
    _ = flag  // made before a signal can come
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        if Interruption.isRequested { _exit(128 + number) }
        Interruption.flag.set(true)
      }
    }
  }
}

/// A run that was asked to stop, and did.
struct Interrupted: Error {
  let message: String
  /// What shells expect of a process that Ctrl-C ended.
  let exitCode: Int32 = 130
}
