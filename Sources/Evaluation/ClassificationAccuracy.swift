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

  /// Counts right guesses.
  public init(_ guesses: [ClassGuess]) {
    count = guesses.count
    func share(among k: Int) -> Double {
      Double(guesses.count { $0.isRight(among: k) }) / Double(max(guesses.count, 1))
    }
    (top1, top5) = (share(among: 1), share(among: 5))
  }

  /// Counts how often the right class has the highest score, and one of the five highest.
  ///
  /// - Parameters:
  ///   - scores: One a class for every item, `[N, classes]`; of equal ones the lower class is guessed first.
  ///   - labels: The right class of every item.
  public init(scores: Tensor, labels: [Int]) {
    precondition(
      scores.rank == 2 && scores.shape[0] == labels.count, "\(labels.count) labels of scores \(scores.shape)")
    let (values, classes) = (scores.to(.float64).values(as: Double.self), scores.shape[1])
    self.init(
      labels.enumerated().map { i, label in
        ClassGuess(scores: Array(values[i * classes..<(i + 1) * classes]), truth: label, floor: -.infinity)
      })
  }
}
