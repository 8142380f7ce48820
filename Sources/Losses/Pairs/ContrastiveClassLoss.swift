public import Tensors

extension ContrastiveLoss: ClassLoss {
  /// Returns the loss averaged over all pairs of anchors and candidates; 0 when there is none.
  ///
  /// Memory: O(*N*·*D*) and one tile.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let comparison = rows.comparison(by: distance)
    let (near, far, count) = comparison.reduced(
      .sum(.squaredHinge(1), over: .positives), .sum(.squaredHinge(-1, plus: .number(margin)), over: .negatives),
      .count(over: .compared))
    return ((near.sum() + far.sum()) / (count.sum().clamped(min: 1) * 2)).to(comparison.type)
  }
}

extension UnsquaredContrastiveLoss: ClassLoss {
  /// The loss with signal-to-noise distances, Var(x − y)/Var(x), as `SignalToNoiseRatioContrastiveLoss` of
  /// pytorch-metric-learning.
  public static let signalToNoise = UnsquaredContrastiveLoss(distance: .signalToNoise)

  /// Returns the loss of all pairs of anchors and candidates; 0 when there is none.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let comparison = rows.comparison(by: distance)
    let all = comparison.reduced([
      .sum(.hinge(1, plus: .number(-positiveMargin)), over: .positives), .count(over: .positives),
      .count(over: .positives, where: [.above(.number(positiveMargin))]),
      .sum(.hinge(-1, plus: .number(negativeMargin)), over: .negatives), .count(over: .negatives),
      .count(over: .negatives, where: [.below(.number(negativeMargin))]),
    ]).map { $0.sum() }
    let positives = averaging(sum: all[0], count: all[1].item(), nonZero: all[2])
    return (positives + averaging(sum: all[3], count: all[4].item(), nonZero: all[5])).to(comparison.type)
  }
}
