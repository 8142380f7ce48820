import Basics

/// The expanded bytes of a part of a gzipped archive.
///
/// `@unchecked Sendable`: they are written before anybody else has them, and never again.
final class RunBytes: @unchecked Sendable {
  /// The bytes.
  let bytes: UnsafeRawBufferPointer
  /// The offset of the first of them in the expanded archive.
  let start: Int

  /// Expands so many bytes of a file from a point on.
  init(_ file: MappedFile, named name: String, from point: GzipReader.Point, count: Int) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
    bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
    start = point.output
    do {
      let reader = try GzipReader(file.bytes, named: name, at: point)
      let made = try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
      guard made == count else { throw InputError(in: name, "has changed since it was opened") }
    } catch {
      buffer.deallocate()
      throw error
    }
  }

  deinit { UnsafeMutableRawBufferPointer(mutating: bytes).deallocate() }
}

/// The expanded runs that are being read from: the last ones used, as many as fit.
///
/// Items are visited such that the runs in use fit (`ReadingRuns`): then each run is expanded once an epoch. Threads
/// that want a run that another one is expanding wait for it.
///
/// `@unchecked Sendable`: what changes is touched only while the lock is held.
final class RunCache: @unchecked Sendable {
  /// Names a run: its archive and its number there.
  struct Key: Hashable {
    var archive: ObjectIdentifier
    var run: Int
  }

  private struct Entry {
    /// Nil while it is being made.
    var bytes: RunBytes?
    var lastUse: Int
  }

  private let budget: Int
  private let lock = Lock()
  private let made = Signal()
  private var entries: [Key: Entry] = [:]
  private var kept = 0
  private var uses = 0
  private var expansions = 0

  /// Creates an empty cache.
  ///
  /// - Parameter budget: How many bytes are kept; the run used last always is.
  init(budget: Int) { self.budget = budget }

  /// How many runs were expanded so far.
  var expansionCount: Int { lock.withLock { expansions } }

  /// Returns a run, expanded now unless it is there.
  func bytes(_ key: Key, make: () throws -> RunBytes) throws -> RunBytes {
    let known = lock.withLock { () -> RunBytes? in
      while let entry = entries[key], entry.bytes == nil { lock.wait(for: made) }
      uses += 1
      entries[key, default: Entry(bytes: nil, lastUse: uses)].lastUse = uses
      return entries[key]!.bytes
    }
    if let known { return known }
    let result = Result { try make() }
    lock.withLock {
      switch result {
      case .success(let bytes):
        entries[key]!.bytes = bytes
        kept += bytes.bytes.count
        expansions += 1
        evict(sparing: key)
      case .failure: entries[key] = nil
      }
      made.sendToAll()
    }
    return try result.get()
  }

  /// Lets the runs go that were not used for longest. Who still reads from one keeps it.
  private func evict(sparing key: Key) {
    while kept > budget {
      let oldest = entries.filter { $0.key != key && $0.value.bytes != nil }.min { $0.value.lastUse < $1.value.lastUse }
      guard let oldest else { return }
      kept -= oldest.value.bytes!.bytes.count
      entries[oldest.key] = nil
    }
  }
}
