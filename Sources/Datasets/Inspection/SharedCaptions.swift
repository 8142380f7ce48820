/// How many images have the same captions. Keywords, which are there to be shared, do not count.
public struct SharedCaptions: Sendable {
  /// Items that have captions.
  public let itemCount: Int

  /// Captions in all, and how many different ones. A caption that an item has twice counts once.
  public let captionCount, differentCount: Int

  /// Items that share a caption with another one.
  public let sharingCount: Int

  /// The captions that most items have, at most ten of those that two or more have; the first by number, then by item.
  public let most: [(text: String, items: Int)]

  /// Reads all captions of a source. 16 bytes a caption are kept meanwhile.
  public init(of source: any ImageSource) {
    var found: [(hash: UInt64, item: Int32)] = []
    var itemCount = 0
    for item in 0..<source.count {
      let hashes = Set(Self.texts(of: item, in: source).map { StableHash($0).value })
      found += hashes.map { ($0, Int32(item)) }
      if !hashes.isEmpty { itemCount += 1 }
    }
    found.sort { ($0.hash, $0.item) < ($1.hash, $1.item) }
    var sharing = [Bool](repeating: false, count: source.count)
    var shared: [(hash: UInt64, first: Int, items: Int)] = []
    var (start, different) = (0, 0)
    while start < found.count {
      let end = found[start...].firstIndex { $0.hash != found[start].hash } ?? found.count
      different += 1
      if end - start > 1 {
        for place in start..<end { sharing[Int(found[place].item)] = true }
        shared.append((found[start].hash, Int(found[start].item), end - start))
      }
      start = end
    }
    self.itemCount = itemCount
    captionCount = found.count
    differentCount = different
    sharingCount = sharing.count { $0 }
    most = shared.sorted { ($1.items, $0.first, $0.hash) < ($0.items, $1.first, $1.hash) }.prefix(10).map { entry in
      let text = Self.texts(of: entry.first, in: source).first { StableHash($0).value == entry.hash }
      return (text ?? "", entry.items)
    }
  }

  private static func texts(of item: Int, in source: any ImageSource) -> [String] {
    source.captions(of: item).filter { $0.role == .name }.map(\.text)
  }
}
