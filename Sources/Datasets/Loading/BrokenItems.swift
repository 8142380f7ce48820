public import Basics

/// The items of a source that cannot be read: counted, listed and passed over, until there are too many of them.
///
/// Any number of threads may share one. An item counts once, however often it is met.
///
/// `@unchecked Sendable`: what changes is touched only while the lock is held.
public final class BrokenItems: @unchecked Sendable {
  /// The share of a source's items that may be broken; one item may be, however small its share.
  public let allowedShare: Double

  private let count: Int
  private let lock = Lock()
  private var problems: [Int: InputError] = [:]

  /// Creates an empty list.
  ///
  /// - Parameters:
  ///   - count: The number of items of the source.
  ///   - allowedShare: More than this share of them stops the work.
  public init(among count: Int, allowedShare: Double = 0.01) {
    precondition(0...1 ~= allowedShare, "a share lies in 0...1, not at \(allowedShare)")
    self.count = count
    self.allowedShare = allowedShare
  }

  /// What is wrong with the broken items that were met so far, in the order of the items.
  public var all: [(item: Int, problem: InputError)] {
    lock.withLock { problems.sorted { $0.key < $1.key } }.map { ($0.key, $0.value) }
  }

  /// Notes a broken item.
  ///
  /// - Throws: `InputError` that gives the first problem as an example, when more items are broken than allowed.
  public func note(_ item: Int, _ problem: InputError) throws {
    let (broken, first) = lock.withLock {
      problems[item] = problems[item] ?? problem
      return (problems.count, problems.min { $0.key < $1.key }!.value)
    }
    guard Double(broken) > max(1, allowedShare * Double(count)) else { return }
    throw InputError(
      in: first.place,
      "\(first.problem), and with it \(broken) of \(count) items are broken, more than are passed over",
      remedy: "repair or remove them")
  }

  /// Returns what the body returns, or nil when that throws an `InputError` about the item, which is noted.
  ///
  /// - Throws: As `note(_:_:)` does, and whatever else the body throws.
  public func skipping<Result>(_ item: Int, _ body: () throws -> Result) throws -> Result? {
    do {
      return try body()
    } catch let problem as InputError {
      try note(item, problem)
      return nil
    }
  }
}
