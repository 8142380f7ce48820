public import Tensors

/// How often the true class was the first guess, and how often it was among the first five.
public struct ClassificationAccuracy: Hashable, Sendable, Codable {
  /// The share of items whose first guess is right.
  public let top1: Double

  /// The share of items with the right class among the first five guesses.
  public let top5: Double

  /// The number of items that were measured: those with a label.
  public let count: Int

  /// Creates figures that were worked out elsewhere.
  public init(top1: Double, top5: Double, count: Int) {
    self.top1 = top1
    self.top5 = top5
    self.count = count
  }
}

extension ClassificationAccuracy {
  /// Counts how often the right class has the highest score, and one of the five highest.
  ///
  /// - Parameters:
  ///   - scores: One a class for every item, `[N, classes]`; of equal ones the lower class is guessed first.
  ///   - labels: The right class of every item.
  public init(scores: Tensor, labels: [Int]) {
    precondition(
      scores.rank == 2 && scores.shape[0] == labels.count, "\(labels.count) labels of scores \(scores.shape)")
    let (values, classes) = (scores.to(.float64).values(as: Double.self), scores.shape[1])
    var tally = ClassTally()
    for (i, label) in labels.enumerated() {
      tally.add(scores: values[i * classes..<(i + 1) * classes], truth: label)
    }
    self = tally.accuracy
  }
}

/// Counts hits among guesses that are given as one score a class.
///
/// Of classes with equal scores the lower index is guessed first. A class with the score `floor` is never guessed: five
/// guesses among two classes that got votes are two.
struct ClassTally {
  /// The score of a class that nothing speaks for.
  var floor = -Double.infinity
  private var count = 0
  private var first = 0
  private var firstFive = 0

  init(floor: Double = -.infinity) {
    self.floor = floor
  }

  /// Adds an item with the scores of its classes and its true class.
  mutating func add(scores: some RandomAccessCollection<Double>, truth: Int) {
    count += 1
    let own = scores[scores.index(scores.startIndex, offsetBy: truth)]
    guard own > floor else { return }
    var rank = 0
    for (c, score) in scores.enumerated() where score > own || score == own && c < truth { rank += 1 }
    if rank < 1 { first += 1 }
    if rank < 5 { firstFive += 1 }
  }

  /// The figures of what was added.
  var accuracy: ClassificationAccuracy {
    let n = Double(max(count, 1))
    return ClassificationAccuracy(top1: Double(first) / n, top5: Double(firstFive) / n, count: count)
  }
}
