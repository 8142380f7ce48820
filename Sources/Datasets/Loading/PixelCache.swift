import Basics
public import Images

/// A source whose images are scaled down once and then kept in memory, as many as fit.
///
/// Training looks at every image once an epoch in an order that changes, so that throwing an image out to make room
/// for another gains nothing: what fits stays, the rest is decoded whenever it is asked for. Which is which depends on
/// who asks first; the images do not.
///
/// Views come from kept images, and so from images scaled down, where the whole source fits. Otherwise they come from
/// its files, if it has any, of which only what a view shows is decoded, and nothing is kept. That hangs on the number of
/// items and the budget alone, so that a run's views are the same every time.
///
/// `@unchecked Sendable`: what changes is touched only while the lock is held.
public final class PixelCache: ImageSource, @unchecked Sendable {
  /// The source that the images come from.
  public let source: any ImageSource

  /// The shorter side of an image in pixels, unless it is smaller in the source; images are never scaled up.
  public let side: Int

  /// How many bytes of pixels may be kept.
  public let budget: Int

  private let lock = Lock()
  private var images: [Image?]
  private var kept = 0

  /// Creates an empty cache.
  ///
  /// - Parameters:
  ///   - source: Where the images come from.
  ///   - side: The size in pixels that training scales its views to.
  ///   - margin: Images are kept this many times as large as `side`, because a view often shows a part of an image
  ///     only, which must not be blurred by scaling it down and up again.
  ///   - budget: How many bytes of pixels may be kept.
  public init(_ source: any ImageSource, side: Int, margin: Double = 2, budget: Int = 1 << 30) {
    precondition(side > 0, "images need a positive side, not \(side)")
    precondition(margin >= 1, "a margin is at least 1, not \(margin)")
    self.source = source
    self.side = Int((Double(side) * margin).rounded(.up))
    self.budget = budget
    images = Array(repeating: nil, count: source.count)
  }

  /// The bytes of pixels that are kept now.
  public var bytesKept: Int { lock.withLock { kept } }

  /// Returns the item's image, its shorter side at most `side` pixels long.
  public func image(of item: Int) throws -> Image {
    if let image = lock.withLock({ images[item] }) { return image }
    // Decoded without the lock. Two threads may decode the same image; they get the same pixels.
    let image = scaled(try source.image(of: item, fitting: side))
    return lock.withLock {
      if images[item] == nil, kept + image.pixels.count <= budget {
        images[item] = image
        kept += image.pixels.count
      }
      return image
    }
  }

  /// Whether all images fit into the budget when they are half again as long as wide.
  public var holdsAll: Bool { Double(side * side) * 4.5 * Double(source.count) <= Double(budget) }

  /// Returns the item's image, or its file where the source has files and does not fit.
  public func picture(of item: Int) throws -> Picture {
    if !holdsAll, case .file(let file) = try source.picture(of: item) { return .file(file) }
    return .pixels(try image(of: item))
  }

  private func scaled(_ image: Image) -> Image {
    let shorter = min(image.width, image.height)
    guard shorter > side else { return image }
    let scale = Double(side) / Double(shorter)
    func length(_ length: Int) -> Int { max(side, Int((Double(length) * scale).rounded())) }
    return image.resized(to: ImageSize(width: length(image.width), height: length(image.height)))
  }
}

extension PixelCache {
  /// The source's name.
  public var name: String { source.name }

  /// The source's identity.
  public var identity: String { source.identity }

  /// The number of items.
  public var count: Int { source.count }

  /// The source's labelings.
  public var labelings: [Labeling] { source.labelings }

  /// The source's split.
  public var split: Split { source.split }

  /// The source's remarks.
  public var remarks: Remarks { source.remarks }

  /// The source's runs.
  public var runs: ReadingRuns? { source.runs }

  /// The source's notes.
  public var notes: [String] { source.notes }

  /// The item's title in the source.
  public func title(of item: Int) -> String { source.title(of: item) }

  /// The item's captions in the source.
  public func captions(of item: Int) -> [Caption] { source.captions(of: item) }
}
