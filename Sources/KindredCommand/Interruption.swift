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
  private static let number = Atomic<Int32>(0)

  /// Whether somebody asked to stop.
  static var isRequested: Bool { signal != 0 }

  /// The number of the signal that asked to stop, or 0.
  static var signal: Int32 { number.load(ordering: .relaxed) }

  /// Begins to listen.
  static func listen() {
    _ = signal  // the atomic is made before a signal can come
    for asked in [SIGINT, SIGTERM] {
      setHandler(asked) { asked in
        if Interruption.isRequested { _exit(128 + asked) }
        Interruption.number.store(asked, ordering: .relaxed)
      }
    }
  }
}

private func setHandler(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
  signal(number, handler)
}

/// A run that was asked to stop, and did.
struct Interrupted: Error {
  let message: String
  /// What shells expect of a process that a signal ended: 130 after Ctrl-C.
  let exitCode: Int32 = 128 + Interruption.signal
}
