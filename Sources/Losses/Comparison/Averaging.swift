public import Tensors

/// What becomes of anchors that have no positive, or whatever else a loss cannot do without.
///
/// It is the same in every loss. A batch of one, or of classes with one member each, has such anchors only.
public enum AnchorPolicy: String, Hashable, Sendable, CaseIterable {
  /// They do not count: the mean goes over the others, and is 0 when there are none.
  case ignore
  /// Their loss is 0, and counts in the mean.
  case zero
  /// The program ends, and names the first of them: for data that must not hold any.
  case error
}

extension Comparison {
  /// The mean of losses, one an anchor, in the tiles' type.
  ///
  /// Losses of anchors that do not count may be infinite or NaN; they get no gradient. Where a row is not finite the mean
  /// is NaN, whichever count.
  ///
  /// - Parameters:
  ///   - losses: `[N]`.
  ///   - valid: `bool`, `[N]`: which anchors have what the loss needs, such as `count .> 0` of their positives.
  ///   - policy: What becomes of the others.
  /// - Returns: A scalar, `[]`; 0 when no anchor counts.
  public func mean(_ losses: Tensor, where valid: Tensor, _ policy: AnchorPolicy = .ignore) -> Tensor {
    precondition(
      losses.shape == valid.shape && losses.rank == 1,
      "a mean takes one loss and one truth an anchor, got \(losses.shape) and \(valid.shape)")
    if policy == .error, !valid.all() {
      let first = valid.to(.float32).values(as: Float.self).firstIndex(of: 0)!
      preconditionFailure("anchor \(first) has no positive, and the loss's policy is 'error'")
    }
    let kept = valid.select(losses, else: Tensor(0, type: losses.type, on: losses.device))
    // An `int64` tensor clamped becomes `float32`, exact to 2²⁴ only: the count is made in the losses' type.
    let count = policy == .zero ? Double(losses.count) : Swift.max(valid.sum().item(), 1)
    // Of rows that are not finite, none may count, which must not look like a loss of 0.
    return (kept.sum() / count + (hasBrokenRows ? .nan : 0)).to(type)
  }

  /// The mean of losses, one an anchor, all of which count, in the tiles' type.
  public func mean(_ losses: Tensor) -> Tensor { losses.mean().to(type) }

  /// The mean of losses *l* whose anchors weigh *w*: Σ *wᵢ*·*lᵢ* / Σ *wᵢ*, in the tiles' type.
  ///
  /// - Parameters:
  ///   - losses: `[N]`. Where an anchor weighs nothing it may be infinite or NaN, and gets no gradient.
  ///   - weights: `[N]`, none below 0; they get no gradient. An anchor of weight 2 counts like two of weight 1.
  /// - Returns: A scalar, `[]`; 0 when nothing weighs anything.
  public func mean(_ losses: Tensor, weights: Tensor) -> Tensor {
    precondition(
      losses.shape == weights.shape && losses.rank == 1,
      "a mean takes one loss and one weight an anchor, got \(losses.shape) and \(weights.shape)")
    let w = weights.detached().to(losses.type).to(losses.device)
    let kept = (w .== 0).select(Tensor(0, type: losses.type, on: losses.device), else: losses)
    let total = w.sum().item()
    precondition(!(w .< 0).any() && total < .infinity, "weights of anchors must be numbers of at least 0")
    return ((kept * w).sum() / (total > 0 ? total : 1)).to(type)
  }
}
