/// The items of a source that a report looks at: few enough for seconds, spread evenly, and the same for every run.
struct ReportSample {
  /// How many items are asked for their class or vote at most.
  static let limit = 2000

  /// How many items are on the map at most.
  static let mapLimit = 1000

  /// The source, whose images are decoded once and kept as large as models and thumbnails need them.
  let source: PixelCache

  /// Items whose classes are guessed, those kept for measuring where there are any.
  let asked: [Int]

  /// Items that vote for classes and are found as neighbours: those to learn from, without any that is asked.
  let voters: [Int]

  /// Whether `asked` were kept for measuring; otherwise they were learned from.
  let isKeptForMeasuring: Bool

  /// Chooses items.
  ///
  /// - Parameter side: The height and width of the images that models take.
  init(of source: any ImageSource, side: Int) {
    self.source = PixelCache(source, side: max(side, 64), margin: 1.5)
    let split = source.split
    isKeptForMeasuring = !split.test.isEmpty
    if isKeptForMeasuring {
      asked = Self.some(split.test, atMost: Self.limit)
      voters = Self.some(split.train, atMost: Self.limit)
    } else {
      // Every third is asked, the others vote.
      let items = Self.some(split.train, atMost: Self.limit * 3 / 2)
      asked = items.enumerated().filter { $0.offset % 3 == 2 }.map(\.element)
      voters = items.enumerated().filter { $0.offset % 3 != 2 }.map(\.element)
    }
  }

  /// What the items that are asked are called.
  var name: String {
    "\(source.name), " + (isKeptForMeasuring ? "items kept for measuring" : "items that were learned from")
  }

  /// At most so many of some items, at even distances.
  static func some(_ items: [Int], atMost limit: Int) -> [Int] {
    stride(from: 0, to: items.count, by: max(1, (items.count + limit - 1) / limit)).map { items[$0] }
  }
}
