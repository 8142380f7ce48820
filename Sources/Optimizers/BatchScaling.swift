/// How a learning rate that was tuned for one batch size is carried to another.
public enum BatchScaling: String, Hashable, Sendable, Codable, CaseIterable {
  /// The rate is taken as it is.
  case none
  /// rate · batch / 256. Goyal et al. 2017, <https://arxiv.org/abs/1706.02677>; SimCLR's with a rate of 0.3.
  case linear
  /// rate · √batch. Better for small batches and short runs in SimCLR, with a rate of 0.075 (its appendix B.1).
  case squareRoot

  /// A rate and what was done to get it.
  public struct Applied: Hashable, Sendable {
    /// The learning rate to train with.
    public let rate: Double
    /// What was applied, for the person who trains.
    public let sentence: String
  }

  /// The rate for a batch size, with a sentence that says what was applied.
  ///
  /// - Parameter batchSize: The examples of one step, over all processes and accumulated parts.
  public func applied(to rate: Double, batchSize: Int) -> Applied {
    precondition(batchSize > 0, "a batch size must be positive, got \(batchSize)")
    switch self {
    case .none:
      return Applied(rate: rate, sentence: "learning rate \(short(rate)), not scaled with the batch size")
    case .linear:
      let scaled = rate * Double(batchSize) / 256
      return Applied(
        rate: scaled, sentence: "learning rate \(short(rate)) × \(batchSize) / 256 = \(short(scaled)), the linear rule")
    case .squareRoot:
      let scaled = rate * Double(batchSize).squareRoot()
      return Applied(
        rate: scaled, sentence: "learning rate \(short(rate)) × √\(batchSize) = \(short(scaled)), the square-root rule")
    }
  }

  /// A number without the last digits of binary rounding; three decimals of its own leading power of ten.
  private func short(_ number: Double) -> String {
    guard number > 0, number.isFinite else { return "\(number)" }
    var unit = 0.0001
    while unit * 10_000 > number { unit /= 10 }
    let steps = (number / unit).rounded()
    return "\(steps / (1 / unit).rounded())"
  }
}
