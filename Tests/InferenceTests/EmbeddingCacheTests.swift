import Basics
import Dispatch
import TestSupport
import Tensors
import Testing

@testable import Inference

@Suite struct EmbeddingCacheTests {
  private func entry(_ number: Int, rows: Int = 3) -> EmbeddingCache.Entry {
    let values = (0..<rows * 4).map { Float($0 + 100 * number) }
    return .init(places: (0..<rows).map { 2 * $0 }, vectors: Tensor(values, shape: [rows, 4]))
  }

  private func key(_ number: Int) -> Digest { Digest(of: "\(number)") }

  private func isSame(_ a: EmbeddingCache.Entry?, _ b: EmbeddingCache.Entry) -> Bool {
    a?.places == b.places && a?.vectors.shape == b.vectors.shape && a?.vectors.type == b.vectors.type
      && a?.vectors.values(as: Float.self) == b.vectors.values(as: Float.self)
  }

  @Test func givesBackWhatWasKept() throws {
    try withTemporaryFolder { folder in
      let cache = EmbeddingCache(folder: "\(folder)/new/embeddings")
      #expect(cache.entry(key(1)) == nil)
      cache.keep(entry(1), for: key(1))
      cache.keep(entry(2), for: key(2))
      #expect(isSame(cache.entry(key(1)), entry(1)))
      // Of any type, also where nothing is left; and in another process.
      let bytes = EmbeddingCache.Entry(places: [0], vectors: Tensor([1, 2, 255] as [UInt8], shape: [1, 3]))
      let nothing = EmbeddingCache.Entry(places: [], vectors: .zeros([0, 5]))
      cache.keep(bytes, for: key(3))
      cache.keep(nothing, for: key(4))
      let other = EmbeddingCache(folder: cache.folder)
      #expect(isSame(other.entry(key(2)), entry(2)) && isSame(other.entry(key(3)), bytes))
      #expect(isSame(other.entry(key(4)), nothing))
      #expect(other.uses == (found: 3, missed: 0) && cache.uses == (found: 1, missed: 1))
    }
  }

  @Test func damagedEntriesAreNone() throws {
    try withTemporaryFolder { folder in
      let cache = EmbeddingCache(folder: folder)
      cache.keep(entry(1), for: key(1))
      let path = "\(folder)/\(key(1).text).safetensors"
      let whole = try Files.bytes(of: path)
      for length in 0..<whole.count {
        try Files.write(path, bytes: whole.prefix(length))
        #expect(cache.entry(key(1)) == nil, "cut to \(length)")
      }
      for place in whole.indices {
        var bytes = whole
        bytes[place] ^= 4
        try Files.write(path, bytes: bytes)
        let found = cache.entry(key(1))
        #expect(found == nil || isSame(found, entry(1)), "byte \(place) changed")
      }
      cache.keep(entry(1), for: key(1))
      #expect(isSame(cache.entry(key(1)), entry(1)), "and are written anew")
    }
  }

  @Test func whatWasNotUsedForLongestGoes() throws {
    try withTemporaryFolder { folder in
      let probe = EmbeddingCache(folder: "\(folder)/probe")
      probe.keep(entry(0), for: key(0))
      let size = try #require(Files.status(of: "\(folder)/probe/\(key(0).text).safetensors")).bytes
      let cache = EmbeddingCache(folder: "\(folder)/cache", limit: 3 * size)
      for number in 1...3 { cache.keep(entry(number), for: key(number)) }
      #expect(cache.entry(key(1)) != nil)  // used again: 2 is now the oldest
      cache.keep(entry(4), for: key(4))
      #expect(cache.entry(key(2)) == nil)
      for number in [1, 3, 4] { #expect(isSame(cache.entry(key(number)), entry(number)), "\(number)") }
      // What is larger than all that there may be is not kept, and drives nothing out.
      cache.keep(entry(5, rows: 1000), for: key(5))
      #expect(cache.entry(key(5)) == nil && cache.entry(key(4)) != nil)
      // Files of others are let alone.
      try Files.write("\(folder)/cache/readme", text: String(repeating: "x", count: 10 * size))
      cache.keep(entry(6), for: key(6))
      #expect(Files.exists("\(folder)/cache/readme") && cache.entry(key(6)) != nil)
    }
  }

  @Test func whereNothingCanBeWrittenNothingIsKept() throws {
    try withTemporaryFolder { folder in
      try Files.write("\(folder)/file", text: "in the way")
      let cache = EmbeddingCache(folder: "\(folder)/file/embeddings")
      cache.keep(entry(1), for: key(1))
      #expect(cache.entry(key(1)) == nil)
      // A device without room.
      if Files.exists("/dev/full") {
        let full = EmbeddingCache(folder: "/dev/full")
        full.keep(entry(1), for: key(1))
        #expect(full.entry(key(1)) == nil)
      }
    }
  }

  @Test func manyMayShareAFolder() throws {
    try withTemporaryFolder { folder in
      let caches = (0..<4).map { _ in EmbeddingCache(folder: folder, limit: 6000) }
      let wrong = Lock.Counter()
      DispatchQueue.concurrentPerform(iterations: 200) { turn in
        let (cache, number) = (caches[turn % 4], turn * 7 % 10)
        if let found = cache.entry(key(number)) {
          if !isSame(found, entry(number)) { wrong.add() }
        } else {
          cache.keep(entry(number), for: key(number))
        }
      }
      #expect(wrong.count == 0)
      let left = try Files.names(in: folder).map { Files.status(of: "\(folder)/\($0)")?.bytes ?? 0 }.reduce(0, +)
      #expect(left <= 6000 && left > 0)
    }
  }
}

extension Lock {
  /// A number that threads count up.
  fileprivate final class Counter: @unchecked Sendable {
    private let lock = Lock()
    private(set) var count = 0

    func add() { lock.withLock { count += 1 } }
  }
}
