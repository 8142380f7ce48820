import Basics
import Images

/// What one pass over all images of a source leaves of them: enough to find copies without looking again.
///
/// Every image is decoded whole, once, in the order of the items. 24 bytes an item stay in memory; a miniature of each
/// goes to a temporary file, which the system keeps in memory while there is room.
public struct ImageSurvey: Sendable {
  /// The smallest and largest width and height; nil when no image could be decoded.
  public var widths: ClosedRange<Int>? { found.widths }
  /// The smallest and largest height; nil when no image could be decoded.
  public var heights: ClosedRange<Int>? { found.heights }

  /// Items whose images are of a single colour, or nearly.
  public var blank: [Int] { found.fingerprints.indices.filter { found.fingerprints[$0].kind == .blank } }

  /// What is wrong with images that cannot be decoded: all are counted, the first ones kept.
  public var broken: Remarks { found.broken }

  private let found: SurveyedPart
  private let miniatures: MappedFile

  /// Decodes every image of a source.
  ///
  /// - Parameters:
  ///   - source: The source.
  ///   - workers: Threads that decode; nothing of what is found depends on it.
  ///   - report: Called now and then with the number of images that are done.
  /// - Throws: `InputError` when there is no room for the temporary file.
  public init(of source: any ImageSource, workers: Int = 1, report: (Int) -> Void = { _ in }) throws {
    let (count, size) = (source.count, 64)
    let loader = Loader(count: (count + size - 1) / size, workers: workers) { number in
      try SurveyedPart(of: source, items: number * size..<min((number + 1) * size, count))
    }
    var found = SurveyedPart()
    miniatures = try MappedFile.temporary { file in
      while let part = try loader.next() {
        try file.append(part.miniatures)
        found.add(part)
        report(found.fingerprints.count)
      }
    }
    self.found = found
  }

  /// The number of items.
  public var count: Int { found.fingerprints.count }

  /// What is kept of an item in memory.
  func fingerprint(of item: Int) -> Fingerprint { found.fingerprints[item] }

  /// Whether the images of two items look alike, by their miniatures.
  func lookAlike(_ one: Int, _ other: Int) -> Bool { Miniature.lookAlike(miniature(of: one), miniature(of: other)) }

  /// Whether the images of two items are the same: their digests are and, to be safe, their miniatures.
  func areSame(_ one: Int, _ other: Int) -> Bool {
    fingerprint(of: one).digest == fingerprint(of: other).digest
      && miniature(of: one).elementsEqual(miniature(of: other))
  }

  private func miniature(of item: Int) -> UnsafeRawBufferPointer {
    let start = item * Miniature.byteCount
    return UnsafeRawBufferPointer(rebasing: miniatures.bytes[start..<start + Miniature.byteCount])
  }
}

/// What is kept of an image in memory.
struct Fingerprint: Hashable, Sendable {
  enum Kind: UInt8 { case picture, blank, broken }

  var digest: PixelDigest
  var hash: PerceptualHash
  var kind: Kind
}

/// What was found of items in a row.
struct SurveyedPart: Sendable {
  private(set) var widths, heights: ClosedRange<Int>?
  private(set) var broken = Remarks()
  private(set) var fingerprints: [Fingerprint] = []
  /// The miniatures' bytes, one after another; of broken items, zeros.
  private(set) var miniatures: [UInt8] = []

  /// Nothing yet.
  init() {}

  /// Decodes some items.
  init(of source: any ImageSource, items: Range<Int>) throws {
    for item in items {
      do {
        add(try source.image(of: item))
      } catch let problem as InputError {
        broken.add(problem)
        let blank = Miniature(of: Image(width: 1, height: 1, color: [0]))
        miniatures += blank.bytes
        fingerprints.append(Fingerprint(digest: PixelDigest(), hash: PerceptualHash(of: blank), kind: .broken))
      }
    }
  }

  private mutating func add(_ image: Image) {
    let miniature = Miniature(of: image)
    miniatures += miniature.bytes
    fingerprints.append(
      Fingerprint(
        digest: PixelDigest(of: image), hash: PerceptualHash(of: miniature),
        kind: miniature.isBlank ? .blank : .picture))
    widths = Self.union(widths, image.width...image.width)
    heights = Self.union(heights, image.height...image.height)
  }

  /// Adds what was found of the items after these, but for their miniatures.
  mutating func add(_ next: SurveyedPart) {
    widths = Self.union(widths, next.widths)
    heights = Self.union(heights, next.heights)
    broken.add(next.broken)
    fingerprints += next.fingerprints
  }

  private static func union(_ one: ClosedRange<Int>?, _ other: ClosedRange<Int>?) -> ClosedRange<Int>? {
    guard let one, let other else { return one ?? other }
    return min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
  }
}
