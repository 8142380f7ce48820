public import Basics
import Dispatch
import Images

/// What a source's items show, as digests: of the bytes of image files, on the disk or within an archive, and of the pixels
/// of all others.
///
/// A file that changes behind the same name, size and time is noticed. Reading takes as long as the disk does; no file is
/// decoded.
///
/// `@unchecked Sendable`: what changes is touched only while the lock is held.
public final class ContentDigests: @unchecked Sendable {
  private let source: any ImageSource
  private let lock = Lock()
  private var known: [Int: Digest] = [:]

  /// How many items a thread takes at a time: near each other, as the runs of a gzipped archive want it.
  private static let block = 64

  /// Creates the digests of a source, none of which is worked out before it is asked for.
  public init(of source: any ImageSource) {
    self.source = source
  }

  /// The digest of items in their order; each is read once, however often it is asked for.
  public func digest(of items: [Int]) -> Digest {
    let missing = lock.withLock { items.filter { known[$0] == nil } }
    let found = read(missing)
    return lock.withLock {
      for (item, digest) in zip(missing, found) { known[item] = digest }
      return Digest(of: items.lazy.map { self.known[$0]! })
    }
  }

  /// Whether items still are what they were when their digest was asked for.
  public func areUnchanged(_ items: [Int]) -> Bool {
    let before = digest(of: items)
    return Digest(of: read(items)) == before
  }

  private func read(_ items: [Int]) -> [Digest] {
    let source = source
    return [Digest](unsafeUninitializedCapacity: items.count) { buffer, count in
      nonisolated(unsafe) let slots = buffer  // every slot is written by one thread
      let blocks = (items.count + Self.block - 1) / Self.block
      DispatchQueue.concurrentPerform(iterations: blocks) { number in
        for place in number * Self.block..<min((number + 1) * Self.block, items.count) {
          (slots.baseAddress! + place).initialize(to: Self.digest(of: items[place], in: source))
        }
      }
      count = items.count
    }
  }

  /// An item that cannot be read has the digest of what is wrong with it.
  private static func digest(of item: Int, in source: any ImageSource) -> Digest {
    do {
      switch try source.picture(of: item) {
      case .file(let file): return file.digest
      case .pixels(let image):
        let form = Digest(of: "\(image.width) \(image.height) \(image.channels)")
        return Digest(of: [form, image.pixels.withUnsafeBytes { Digest(of: $0) }])
      }
    } catch {
      return Digest(of: "\(error)")
    }
  }
}
