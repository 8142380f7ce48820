/// What was guessed of one item whose class is known.
///
/// Guesses are given as one score a class. Of classes with equal scores the lower index is guessed first. A class whose
/// score is no higher than a floor is never guessed: five guesses among two classes that got votes are two.
public struct ClassGuess: Hashable, Sendable, Codable {
  /// The class of the item.
  public let truth: Int

  /// The class with the highest score, or nil where no class is guessed.
  public let guess: Int?

  /// At which place the true class is guessed, from 1; nil where it is never guessed.
  public let rank: Int?

  /// Which share of all scores the guess and the true class have: of the votes, or the probability.
  public let share: Double, ownShare: Double

  /// Creates a guess that was made elsewhere.
  public init(truth: Int, guess: Int?, rank: Int?, share: Double = 0, ownShare: Double = 0) {
    (self.truth, self.guess, self.rank) = (truth, guess, rank)
    (self.share, self.ownShare) = (share, ownShare)
  }

  /// Guesses by the scores of all classes.
  init(scores: [Double], truth: Int, floor: Double) {
    let best = scores.max() ?? floor
    guess = best > floor ? scores.firstIndex(of: best) : nil
    let own = scores[truth]
    rank =
      own > floor
      ? 1 + scores.indices.count { scores[$0] > own || scores[$0] == own && $0 < truth } : nil
    self.truth = truth
    let sum = scores.reduce(0) { $1 > floor ? $0 + $1 : $0 }
    func share(_ score: Double) -> Double { score > floor && sum > 0 ? score / sum : 0 }
    (self.share, ownShare) = (share(best), share(own))
  }

  /// Whether the true class is among the first *k* guesses.
  public func isRight(among k: Int = 1) -> Bool { rank.map { $0 <= k } ?? false }
}
