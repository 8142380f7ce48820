/// Texts of which some are equal, each once. Compared are bytes: canonically equal texts may differ in tokens.
public struct DistinctTexts: Sendable {
  /// The texts, in the order in which each came first.
  public private(set) var texts: [String] = []

  /// For every text that came, its place among `texts`.
  public private(set) var places: [Int] = []

  private var known: [[UInt8]: Int] = [:]

  /// Collects texts.
  public init(_ all: [String] = []) {
    for text in all { add(text) }
  }

  /// Takes in a text, and returns its place among `texts`.
  @discardableResult public mutating func add(_ text: String) -> Int {
    let key = Array(text.utf8)
    let place = known[key] ?? texts.count
    if place == texts.count {
      known[key] = place
      texts.append(text)
    }
    places.append(place)
    return place
  }
}
