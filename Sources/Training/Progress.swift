/// How far a run is, after one of its steps.
public struct Progress: Sendable {
  /// The epoch that the step belongs to, from 1, and their number.
  public let epoch, epochs: Int

  /// The number of steps done, and of all steps.
  public let step, steps: Int

  /// The loss, averaged over the steps since the last report.
  public let loss: Double

  /// The learning rate of the step.
  public let rate: Double

  /// Examples a second since the last report.
  public let examplesPerSecond: Double

  /// The share of the time since the last report that training waited for data, from 0 to 1.
  public let waitShare: Double

  /// Seconds until the end at this speed.
  public let secondsLeft: Double

  /// How many dimensions the embeddings of a batch make use of, or nil before it is first measured.
  public let effectiveRank: Double?

  /// Whether the embeddings have fallen into so few dimensions that the run has probably collapsed.
  public let isCollapsing: Bool

  /// Figures of the method, such as the scale, and of the last evaluation.
  public let figures: [String: Double]
}
