/// Which classes are taken for which: how often an item of one class was guessed to be of another.
///
/// Only cells that are not zero are kept: of a thousand classes most are never taken for each other.
public struct ConfusionMatrix: Hashable, Sendable {
  /// A cell of the matrix.
  public struct Cell: Hashable, Sendable {
    /// The true class.
    public let truth: Int
    /// The class that was guessed.
    public let guess: Int
    /// How often.
    public let count: Int
  }

  /// How many classes there are.
  public let classes: Int

  private var counts: [Int: Int] = [:]

  /// Counts guesses.
  ///
  /// - Parameters:
  ///   - labels: The true class of every item, 0 ..< `classes`, nil where it is not known.
  ///   - guesses: The class that was guessed for every item, nil for none. Only items with both are counted.
  ///   - classes: How many classes there are.
  public init(labels: [Int?], guesses: [Int?], classes: Int) {
    precondition(labels.count == guesses.count, "\(labels.count) labels need a guess or nil each, got \(guesses.count)")
    self.classes = classes
    for case (let truth?, let guess?) in zip(labels, guesses) {
      precondition(
        (0..<classes).contains(truth) && (0..<classes).contains(guess),
        "\(truth) or \(guess) is none of \(classes) classes")
      counts[truth * classes + guess, default: 0] += 1
    }
  }

  /// How often an item of the one class was guessed to be of the other.
  public subscript(truth truth: Int, guess guess: Int) -> Int { counts[truth * classes + guess] ?? 0 }

  /// How many items were counted.
  public var total: Int { counts.values.reduce(0, +) }

  /// The cells that are not zero, by the true class and then by the guess.
  public var cells: [Cell] {
    counts.sorted { $0.key < $1.key }.map { Cell(truth: $0.key / classes, guess: $0.key % classes, count: $0.value) }
  }

  /// The cells of wrong guesses, the most frequent first; of equally frequent ones in the order of `cells`.
  public var confusions: [Cell] {
    cells.filter { $0.truth != $0.guess }.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
  }

  /// The share of all items that were guessed rightly; NaN of none.
  public var accuracy: Double {
    Double(cells.reduce(0) { $0 + ($1.truth == $1.guess ? $1.count : 0) }) / Double(total)
  }

  /// The share of a class's items that were guessed rightly: its recall. Nil for a class without items.
  public func accuracy(of truth: Int) -> Double? {
    share(self[truth: truth, guess: truth], of: cells.reduce(0) { $0 + ($1.truth == truth ? $1.count : 0) })
  }

  /// The share of the guesses of a class that were right. Nil for a class that was never guessed.
  public func precision(of guess: Int) -> Double? {
    share(self[truth: guess, guess: guess], of: cells.reduce(0) { $0 + ($1.guess == guess ? $1.count : 0) })
  }

  private func share(_ part: Int, of whole: Int) -> Double? { whole == 0 ? nil : Double(part) / Double(whole) }
}
