import Basics
public import Datasets
public import Images

/// A small source in memory: blocks of colour, two classes by their main colour, a name and two keywords each.
public struct ToySource: ImageSource {
  /// What the source calls itself.
  public let name = "toys"
  /// Changes with everything that was chosen.
  public let identity: String
  /// The number of items.
  public let count: Int
  /// Red and blue.
  public let labelings: [Labeling]
  /// The last items are for measuring.
  public let split: Split

  private let side: Int
  private let broken: Set<Int>
  private let hasCaptions: Bool

  /// Creates a source.
  ///
  /// - Parameters:
  ///   - count: The number of items.
  ///   - test: How many of them, the last ones, are for measuring.
  ///   - side: The height and width of every image.
  ///   - broken: Items that cannot be decoded.
  ///   - hasCaptions: Whether there are texts.
  ///   - labelled: Whether an item has a class.
  public init(
    _ count: Int, test: Int = 0, side: Int = 8, broken: Set<Int> = [], hasCaptions: Bool = true,
    labelled: (Int) -> Bool = { _ in true }
  ) {
    identity = "toys \(count) \(test) \(side) \(broken.sorted()) \(hasCaptions)"
    self.count = count
    self.side = side
    self.broken = broken
    self.hasCaptions = hasCaptions
    labelings = [
      Labeling(name: "color", classes: ["red", "blue"], labels: (0..<count).map { labelled($0) ? $0 % 2 : nil })
    ]
    split = Split(train: Array(0..<(count - test)), test: Array((count - test)..<count))
  }

  /// The number as a word.
  public func title(of item: Int) -> String { "toy \(item)" }

  /// A name that no other item has, and keywords that some share.
  public func captions(of item: Int) -> [Caption] {
    guard hasCaptions else { return [] }
    return [
      Caption("toy number \(item)"), Caption(item % 2 == 0 ? "red" : "blue", role: .keyword),
      Caption("block \(item / 2)", role: .keyword),
    ]
  }

  /// Draws the item.
  public func image(of item: Int) throws -> Image {
    if broken.contains(item) { throw InputError(in: title(of: item), "is damaged") }
    var random = RandomStream(seed: 7, item)
    let main = item % 2 == 0 ? 0 : 2
    var pixels: [UInt8] = []
    for _ in 0..<(side * side) {
      for channel in 0..<3 { pixels.append(UInt8(random.integer(below: 100)) + (channel == main ? 150 : 0)) }
    }
    return Image(width: side, height: side, pixels: pixels)
  }
}
