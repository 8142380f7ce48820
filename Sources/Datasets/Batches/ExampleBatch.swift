public import Images

/// What a training step works on, as plain bytes that may cross threads.
public struct ExampleBatch: Sendable {
  /// The source's items, one an example; items that could not be decoded are left out. Where batches are drawn by class,
  /// an item may be there several times, each time with views of its own.
  public let items: [Int]

  /// The number of views of every example.
  public let viewCount: Int

  /// The height and width of every view in pixels.
  public let side: Int

  /// The views' pixels, all first views before all second ones: `[viewCount · items.count, side, side, 3]`.
  public let pixels: [UInt8]

  /// One text an example; empty where the method asks for none.
  public let captions: [String]

  /// One class an example, below 0 and of its own for an example without one; empty where the method asks for none.
  public let labels: [Int]

  /// Which of the texts are true of which examples; empty where the method asks for no texts.
  public let sharedTexts: SharedTexts

  /// The number of views of all examples together.
  public var rows: Int { viewCount * items.count }

  /// The pixels of some of the views: `[rows, side, side, 3]`.
  public func pixels(of rows: Range<Int>) -> [UInt8] {
    let size = side * side * 3
    return rows == 0..<self.rows ? pixels : Array(pixels[rows.lowerBound * size..<rows.upperBound * size])
  }
}

/// What a method asks of the data for every example.
public struct BatchRecipe: Hashable, Sendable, Codable {
  /// How each view is made; all of one size.
  public let views: [ViewRecipe]

  /// How the example's text is drawn, or nil for none.
  public let captions: CaptionRecipe?

  /// Which of a source's labelings gives the classes, or nil for none.
  public let labels: LabelRecipe?

  /// How many items of a class a batch has, of as many classes as it then holds; nil where every item gets its turn once
  /// an epoch, whatever its class.
  public let perClass: Int?

  /// Creates a recipe; batches by class take labels.
  public init(
    views: [ViewRecipe], captions: CaptionRecipe? = nil, labels: LabelRecipe? = nil, perClass: Int? = nil
  ) {
    precondition(perClass == nil || labels != nil, "batches by class take labels")
    precondition(!views.isEmpty, "a batch needs at least one view of every example")
    precondition(
      views.allSatisfy { $0.size == views[0].size && $0.size.width == $0.size.height },
      "all views of a batch are squares of one size, got \(views.map(\.size))")
    self.views = views
    self.captions = captions
    self.labels = labels
    self.perClass = perClass
  }

  /// The height and width of every view in pixels.
  public var side: Int { views[0].size.width }
}

/// Which labels an example brings.
public enum LabelRecipe: Hashable, Sendable, Codable {
  /// Those of a name, or the source's main ones.
  case named(String?)

  /// The labeling in a source, nil where it has none of that name.
  public func labeling(in source: any ImageSource) -> Labeling? {
    switch self {
    case .named(let name?): source.labelings.first { $0.name == name }
    case .named(nil): source.labelings.first
    }
  }
}

extension BatchRecipe {
  /// Why batches of a size cannot be drawn from a source, in a clause, or nil when they can.
  public func problem(batchSize: Int, items: [Int], of source: any ImageSource) -> String? {
    guard let perClass, let labeling = labels?.labeling(in: source) else { return nil }
    return ClassSampler.problem(items, labels: labeling.labels, perClass: perClass, batchSize: batchSize)
  }
}
