/// Makes elements ahead of whoever uses them, on threads of its own, and hands them out in order.
///
/// Element *i* is `make(i)`, whatever the number of workers and whichever finishes first; `make` must therefore take
/// all its randomness from *i*. At most `ahead` elements are made or being made and not handed out, which bounds the
/// memory. An error takes its element's place: it is thrown in its turn, and the elements after it follow.
///
/// One thread uses a loader. When it is let go of, or cancelled, elements that are being made are finished and thrown
/// away, no others are begun, and the threads end before that returns.
public final class Loader<Element: Sendable> {
  /// How long the user of the loader has waited for elements in all, in seconds. Without workers all making is
  /// waiting.
  public private(set) var waited = 0.0

  /// The number of the element that comes next.
  public private(set) var position: Int

  private let count: Int
  private let make: @Sendable (Int) throws -> Element
  private let queue: LoaderQueue<Element>?
  private var threads: [WorkerThread] = []

  /// Starts to make elements.
  ///
  /// - Parameters:
  ///   - count: Elements are numbered 0 ..< *count*.
  ///   - start: The first one wanted.
  ///   - workers: The number of threads; with 0 each element is made when it is asked for, by the thread that asks.
  ///   - ahead: How many elements may be ready or in the making; two for each worker unless told.
  ///   - make: Makes the element of a number, on any thread.
  public init(
    count: Int, from start: Int = 0, workers: Int, ahead: Int? = nil, make: @escaping @Sendable (Int) throws -> Element
  ) {
    precondition(0...count ~= start, "a loader of \(count) elements cannot start at \(start)")
    precondition(workers >= 0, "a loader cannot have \(workers) workers")
    precondition(ahead ?? 1 >= 1, "a loader must make at least one element ahead, not \(ahead ?? 1)")
    self.count = count
    self.make = make
    position = start
    guard workers > 0, start < count else {
      queue = nil
      return
    }
    let queue = LoaderQueue<Element>(from: start, to: count, capacity: ahead ?? 2 * workers)
    self.queue = queue
    threads = (0..<workers).map { _ in WorkerThread { queue.work(make) } }
  }

  deinit { cancel() }

  /// Returns the next element, or nil after the last or after `cancel()`.
  ///
  /// - Throws: What making the element threw; the next call goes on with the element after it.
  public func next() throws -> Element? {
    guard position < count, !isCancelled else { return nil }
    defer { position += 1 }
    let clock = ContinuousClock()
    let start = clock.now
    defer { waited += (clock.now - start).seconds }
    return try queue?.take(position) ?? make(position)
  }

  /// Ends the work: nothing more comes. Returns when all threads have ended.
  public func cancel() {
    isCancelled = true
    queue?.cancel()
    for thread in threads { thread.join() }
    threads = []
  }

  private var isCancelled = false
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
