public import Images

/// A collection of images, read one at a time: what is known of every item without decoding it, and its pixels on
/// request.
///
/// As an `ItemSource`, it does not change after it is opened, and any thread may ask it anything.
public protocol ImageSource: ItemSource {
  /// A text that changes whenever an item, its order or its labels do; run files keep it, to notice other data.
  var identity: String { get }

  /// What was wrong with parts of the source when it was opened, which were left out.
  var remarks: Remarks { get }

  /// What a person may want to know about how the source was understood, a line each: which columns are used for what.
  var notes: [String] { get }

  /// Which items are to be read together, or nil when each can be read by itself.
  var runs: ReadingRuns? { get }

  /// The texts that say what is in the item's image; empty where there are none.
  func captions(of item: Int) -> [Caption]

  /// Decodes the item's image.
  ///
  /// - Throws: `InputError` that names the file when it is missing, damaged or no image.
  func image(of item: Int) throws -> Image

  /// Decodes the item's image for somebody who will scale it down.
  ///
  /// - Parameter minimumSide: The shorter side may come smaller than it is, where that saves time, but not below this.
  /// - Throws: As `image(of:)` does.
  func image(of item: Int, fitting minimumSide: Int) throws -> Image

  /// Returns what views of the item are to be made of.
  ///
  /// A source whose items are image files, on the disk or within an archive, gives the file, so that only what views show
  /// is decoded (`ImageFile`); for that it needs no more than the file's bytes and a name for errors. Any other source
  /// gives the pixels.
  ///
  /// - Throws: As `image(of:)` does; of a file, only the header is looked at.
  func picture(of item: Int) throws -> Picture
}

extension ImageSource {
  /// Nothing: most sources are whole or not opened.
  public var remarks: Remarks { Remarks() }

  /// Nothing: most sources can be understood in one way only.
  public var notes: [String] { [] }

  /// None: most sources read any item as fast as any other.
  public var runs: ReadingRuns? { nil }

  /// Decodes the item's image at its own size: most sources save no time by less.
  public func image(of item: Int, fitting minimumSide: Int) throws -> Image {
    try image(of: item)
  }

  /// Returns the item's pixels: most sources hold no files.
  public func picture(of item: Int) throws -> Picture {
    .pixels(try image(of: item))
  }
}

/// A text about an image.
public struct Caption: Hashable, Sendable {
  /// What part a caption plays: a name stands by itself, keywords are used in random subsets.
  public enum Role: String, Hashable, Sendable, Codable {
    /// A full caption, such as a sentence or a name.
    case name
    /// A single keyword.
    case keyword
  }

  /// The text.
  public let text: String

  /// The part that it plays.
  public let role: Role

  /// Creates a caption.
  public init(_ text: String, role: Role = .name) {
    self.text = text
    self.role = role
  }
}

/// Which items are learned from and which are kept for measuring.
public struct Split: Hashable, Sendable {
  /// Items to learn from, ascending.
  public let train: [Int]

  /// Items to measure on, ascending; shares nothing with `train`.
  public let test: [Int]

  /// Creates a split.
  public init(train: [Int], test: [Int]) {
    self.train = train
    self.test = test
  }
}
