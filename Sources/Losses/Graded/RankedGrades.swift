import Tensors

/// Pairs put in the order of their grades, for losses that want a higher grade to mean a higher similarity.
///
/// Such a loss sums over all couples of pairs of which one has the higher grade, about *P*²/2. Where the pairs are sorted
/// by falling grade, those with a higher grade than a given one are all that come before its grade begins, so that a
/// running sum holds what is needed: O(*P*·log *P*) time, O(*P*) memory.
struct RankedGrades {
  /// The pairs by falling grade, equal ones in their order: `int64`, `[P]`.
  let order: Tensor

  /// The places within `order` of the pairs for which there is a higher grade: `int64`, `[Q]`.
  let lower: Tensor

  /// For each of these, the place within `order` of the last pair with a higher grade: `int64`, `[Q]`.
  let lastHigher: Tensor

  /// - Parameter grades: One number a pair, `[P]`.
  init(_ grades: Tensor) {
    let values = grades.values(as: Double.self)
    let order = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
    var lower: [Int] = []
    var lastHigher: [Int] = []
    var start = 0  // where the pairs with this grade begin
    for place in order.indices {
      if values[order[place]] < values[order[start]] { start = place }
      guard start > 0 else { continue }
      lower.append(place)
      lastHigher.append(start - 1)
    }
    self.order = Tensor(order).to(grades.device)
    self.lower = Tensor(lower).to(grades.device)
    self.lastHigher = Tensor(lastHigher).to(grades.device)
  }

  /// log(1 + Σ exp(sᵢ − sⱼ)) over all couples of pairs where j has the higher grade: `[]`.
  ///
  /// 0 where all grades are equal.
  ///
  /// - Parameter scores: The similarities *s* of the pairs, scaled, `[P]`.
  func logSumOfViolations(_ scores: Tensor) -> Tensor {
    guard lower.count > 0 else { return (scores * 0).sum() }
    let sorted = scores.items(at: order)
    let higher = (-sorted).cumulativeLogSumExp(along: 0).items(at: lastHigher)  // log Σ exp(−sⱼ): [Q]
    let terms = sorted.items(at: lower) + higher  // [Q]
    return Tensor.logAddExp(terms.logSumExp(), Tensor(0, type: terms.type, on: terms.device))
  }
}
