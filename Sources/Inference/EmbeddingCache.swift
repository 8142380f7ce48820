public import Basics
public import Tensors

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Embeddings that were computed before, in a folder: what was embedded once is read the second time.
///
/// An entry is a file named by the digest of all that decides its numbers (`EmbeddingKey`), so that nothing has to be
/// cleared when weights or images change: other contents have other names. Entries appear whole or not at all, are read
/// with their checksum, and are computed again when they are damaged. When all take more than the limit, those that were
/// not used for longest go. Any number of threads and processes may share a folder. Where nothing can be written, as on a
/// full disk, nothing is kept.
///
/// `@unchecked Sendable`: what changes is touched only while the lock is held.
public final class EmbeddingCache: @unchecked Sendable {
  /// Embeddings of those items of a list that can be decoded.
  public struct Entry {
    /// The places of the items in the list, ascending.
    public let places: [Int]
    /// The embeddings, `[places.count, …]`.
    public let vectors: Tensor

    /// Creates an entry.
    public init(places: [Int], vectors: Tensor) {
      precondition(vectors.shape.first == places.count, "\(places.count) places for vectors \(vectors.shape)")
      (self.places, self.vectors) = (places, vectors)
    }
  }

  /// Where the entries are.
  public let folder: String

  /// How many bytes all entries may take.
  public let limit: Int

  private let lock = Lock()
  private var counts = (found: 0, missed: 0)

  private static let format = "kindred embeddings 1"
  private static let ending = ".safetensors"
  /// What a process that was killed had half written is let go after this long: an hour.
  private static let patience = 3_600_000_000_000

  /// Creates a cache in a folder, which is made when something is kept.
  ///
  /// - Parameters:
  ///   - folder: A folder that nothing else is kept in.
  ///   - limit: How many bytes all entries may take: 2 GiB unless told.
  public init(folder: String, limit: Int = 2 << 30) {
    (self.folder, self.limit) = (folder, limit)
  }

  /// The cache of the user: in `$KINDRED_CACHE`, else in the folder that the system has for caches (`$XDG_CACHE_HOME`,
  /// `~/.cache`, or `~/Library/Caches`); nil where there is none of these.
  public static var standard: EmbeddingCache? {
    func variable(_ name: String) -> String? {
      let text = getenv(name).map { String(cString: $0) } ?? ""
      return text.isEmpty ? nil : text
    }
    #if canImport(Darwin)
    let user = variable("HOME").map { "\($0)/Library/Caches" }
    #else
    let user = variable("XDG_CACHE_HOME") ?? variable("HOME").map { "\($0)/.cache" }
    #endif
    return (variable("KINDRED_CACHE") ?? user.map { "\($0)/kindred" }).map {
      EmbeddingCache(folder: "\($0)/embeddings")
    }
  }

  /// How often an entry was there, and how often it was not.
  public var uses: (found: Int, missed: Int) { lock.withLock { counts } }

  /// The entry of a key, or nil where there is none that is whole.
  public func entry(_ key: Digest) -> Entry? {
    let entry = read(path(of: key))
    lock.withLock { if entry == nil { counts.missed += 1 } else { counts.found += 1 } }
    if entry != nil { Files.touch(path(of: key)) }
    return entry
  }

  /// Keeps an entry, if that can be.
  public func keep(_ entry: Entry, for key: Digest) {
    guard entry.vectors.count * entry.vectors.type.byteCount <= limit else { return }
    let places = Tensor(entry.places)
    let metadata = ["format": Self.format, "checksum": Self.checksum(places, entry.vectors)]
    do {
      try Files.makeFolder(folder)
      try SafeTensors(["places": places, "vectors": entry.vectors], metadata: metadata).write(to: path(of: key))
    } catch {
      return  // the next time takes longer, and that is all
    }
    makeRoom()
  }

  private func path(of key: Digest) -> String { "\(folder)/\(key.text)\(Self.ending)" }

  private func read(_ path: String) -> Entry? {
    guard Files.exists(path), let file = try? SafeTensors(contentsOf: path), file.metadata["format"] == Self.format,
      let places = file.tensors["places"], let vectors = file.tensors["vectors"],
      places.type == .int64, places.rank == 1, vectors.shape.first == places.count,
      file.metadata["checksum"] == Self.checksum(places, vectors)
    else { return nil }
    return Entry(places: places.values(as: Int.self), vectors: vectors)
  }

  private static func checksum(_ tensors: Tensor...) -> String {
    Digest(of: tensors.flatMap { [Digest(of: "\($0.type) \($0.shape)"), $0.withBytes { Digest(of: $0) }] }).text
  }

  /// Lets entries go until the rest is within the limit, those first that were not used for longest.
  private func makeRoom() {
    let files = ((try? Files.names(in: folder)) ?? []).compactMap { name -> (path: String, status: Files.Status)? in
      guard name.contains(Self.ending) else { return nil }
      return Files.status(of: "\(folder)/\(name)").map { ("\(folder)/\(name)", $0) }
    }
    let newest = files.map(\.status.modified).max() ?? 0
    var total = files.reduce(0) { $0 + $1.status.bytes }
    for (path, status) in files.sorted(by: { $0.status.modified < $1.status.modified }) {
      let isWhole = path.hasSuffix(Self.ending)
      guard isWhole ? total > limit : newest - status.modified > Self.patience else { continue }
      Files.remove(path)
      total -= status.bytes
    }
  }
}
