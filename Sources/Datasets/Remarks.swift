public import Basics

/// What was wrong with parts of a source when it was opened, none of which stopped it: counted, and the first ones
/// listed.
public struct Remarks: Hashable, Sendable {
  /// The first of them, at most `limit`.
  public private(set) var first: [InputError] = []

  /// How many there were.
  public private(set) var count = 0

  /// How many are kept.
  public static let limit = 100

  /// Creates an empty list.
  public init() {}

  /// Adds one, which is made only while there is room for it: to count the lines before it may take long.
  public mutating func add(_ problem: @autoclosure () -> InputError) {
    count += 1
    if first.count < Self.limit { first.append(problem()) }
  }

  /// Adds those of a further part.
  mutating func add(_ further: Remarks) {
    count += further.count
    first += further.first.prefix(Self.limit - first.count)
  }
}
