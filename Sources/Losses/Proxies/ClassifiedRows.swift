import Tensors

/// Rows of known classes beside one learned proxy a class, all of unit length: what `NormFaceLoss`, `CosFaceLoss`,
/// `ArcFaceLoss` and `ProxyNCALoss` are made of.
///
/// The *N* × *C* cosines are never held at once: those to a row's own class are *N* numbers, and the log-sum-exp over all
/// other classes is a reduction of `Comparison`.
struct ClassifiedRows {
  private let rows: Tensor  // [N, D]
  private let proxies: Tensor  // [C, D]
  private let labels: Tensor  // [N]

  init(_ rows: Tensor, labels: Tensor, proxies: Tensor) {
    checkClasses(rows, labels: labels, centres: proxies, perClass: 1)
    self.rows = rows.normalized()
    self.proxies = proxies.normalized()
    self.labels = labels
  }

  /// The cosine of every row with the proxy of its class, `[N]`.
  var ownCosines: Tensor { (rows * proxies.items(at: labels)).sum(-1) }

  /// log Σ exp(s·cosine) over the proxies of all other classes, `[N]`; −∞ where there is one class only.
  func logSumOfOthers(scale: Double) -> Tensor {
    Comparison(
      anchors: rows, candidates: proxies,
      relation: .labels(anchors: labels, candidates: .range(0..<proxies.shape[0], on: labels.device)), scale: scale
    ).reduced(.logSumExp(over: .negatives))
  }

  /// The cross entropy of the classes where the own class's cosine is put in the place of the given one:
  /// the mean of log(exp(s·target) + Σ others) − s·target.
  func crossEntropy(target: Tensor, scale: Double) -> Tensor {
    let others = logSumOfOthers(scale: scale)
    return (others - target.to(others.type) * scale).softplusExact().mean().to(rows.type)
  }
}

/// Traps unless rows, labels and learned centres fit.
func checkClasses(_ rows: Tensor, labels: Tensor, centres: Tensor, perClass count: Int) {
  precondition(
    rows.rank == 2 && centres.rank == 2 && rows.shape[1] == centres.shape[1] && labels.shape == [rows.shape[0]],
    "rows [N, D], labels [N] and proxies [C, D] expected, got \(rows.shape), \(labels.shape) and \(centres.shape)")
  let classes = centres.shape[0] / count
  precondition(
    classes > 0 && centres.shape[0] % count == 0,
    "\(count) centres a class expected, got \(centres.shape[0]) centres")
  let (low, high) = (Int(labels.min().item()), Int(labels.max().item()))
  precondition(low >= 0 && high < classes, "labels from 0 to \(classes - 1) expected, got \(low) to \(high)")
}
