#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A lock for state that threads of our own share, with signals to wait for.
///
/// It is a POSIX mutex, because a thread that holds it may wait for a `Signal`, which the standard library's mutex
/// does not offer. It is not recursive.
///
/// `@unchecked Sendable`: the mutex is made for use from many threads, and its address never changes.
public final class Lock: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  /// Creates a lock that nobody holds.
  public init() {
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Runs the body while no other thread holds the lock.
  public func withLock<Result>(_ body: () throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }

  /// Gives the lock away until the signal is sent, then takes it again; only while holding it.
  ///
  /// A thread may wake without a signal: ask in a loop whether what was waited for is so.
  public func wait(for signal: Signal) {
    pthread_cond_wait(signal.condition, mutex)
  }
}

/// Something that threads wait for while others work, together with a `Lock`.
///
/// `@unchecked Sendable`: the condition is made for use from many threads, and its address never changes.
public final class Signal: @unchecked Sendable {
  fileprivate let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// Creates a signal that nobody waits for.
  public init() {
    condition.initialize(to: pthread_cond_t())
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    condition.deallocate()
  }

  /// Wakes one of the threads that wait.
  public func send() {
    pthread_cond_signal(condition)
  }

  /// Wakes all threads that wait.
  public func sendToAll() {
    pthread_cond_broadcast(condition)
  }
}
