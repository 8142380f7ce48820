import Basics

/// The elements between a loader's workers and its user: a ring with a place for each element that may be ahead.
///
/// `@unchecked Sendable`: all that changes is touched only while the lock is held.
final class LoaderQueue<Element: Sendable>: @unchecked Sendable {
  private let lock = Lock()
  /// Sent when there is room for a further element, or nothing more is to be made.
  private let room = Signal()
  /// Sent when the element that the user waits for is there.
  private let ready = Signal()

  private let end: Int
  private var ring: [Result<Element, any Error>?]
  /// The next element that nobody makes yet.
  private var unclaimed: Int
  /// The next element to hand out.
  private var wanted: Int
  private var isCancelled = false

  init(from start: Int, to end: Int, capacity: Int) {
    self.end = end
    unclaimed = start
    wanted = start
    ring = Array(repeating: nil, count: capacity)
  }

  /// Makes elements until there are no more; what a worker does.
  func work(_ make: (Int) throws -> Element) {
    while let index = claim() {
      let result = Result { try make(index) }
      lock.withLock {
        ring[index % ring.count] = result
        if index == wanted { ready.send() }
      }
    }
  }

  /// Waits for an element, takes it out and makes room for another.
  func take(_ index: Int) throws -> Element {
    let result = lock.withLock {
      precondition(index == wanted, "element \(wanted) comes next, not \(index)")
      let place = index % ring.count
      while ring[place] == nil { lock.wait(for: ready) }
      defer {
        ring[place] = nil
        wanted += 1
        room.send()
      }
      return ring[place]!
    }
    return try result.get()
  }

  /// Lets the workers end after the elements that they are making.
  func cancel() {
    lock.withLock {
      isCancelled = true
      room.sendToAll()
    }
  }

  private func claim() -> Int? {
    lock.withLock {
      while !isCancelled, unclaimed < end, unclaimed >= wanted + ring.count { lock.wait(for: room) }
      guard !isCancelled, unclaimed < end else {
        // The workers that wait for room must learn that there is nothing more to make.
        room.sendToAll()
        return nil
      }
      defer { unclaimed += 1 }
      return unclaimed
    }
  }
}
