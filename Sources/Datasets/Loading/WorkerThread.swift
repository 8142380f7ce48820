#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A thread of our own. Decoding blocks in C, which would starve the few threads that Swift's tasks share.
struct WorkerThread {
  private let thread: pthread_t

  /// Starts a thread that runs the body and ends.
  init(_ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    #if canImport(Glibc)
    var thread = pthread_t()
    #else
    var thread: pthread_t?
    #endif
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    // Codecs want more than the half megabyte that some systems give to a thread.
    pthread_attr_setstacksize(&attributes, 4 << 20)
    #if canImport(Glibc)
    let code = pthread_create(&thread, &attributes, { Self.run($0!) }, work.toOpaque())
    #else
    let code = pthread_create(&thread, &attributes, { Self.run($0) }, work.toOpaque())
    #endif
    pthread_attr_destroy(&attributes)
    precondition(code == 0, "the system gives no more threads (error \(code))")
    #if canImport(Glibc)
    self.thread = thread
    #else
    self.thread = thread!
    #endif
  }

  /// Waits until the body has ended. Once only.
  func join() {
    pthread_join(thread, nil)
  }

  private static func run(_ work: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
    return nil
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
