public import Tensors

extension Comparison {
  /// Returns one reduction of the logits, `[N]` or, per candidate, `[M]`.
  public func reduced(_ reduction: Reduction) -> Tensor { reduced([reduction])[0] }

  /// Returns two reductions of the logits, gathered in one walk.
  public func reduced(_ a: Reduction, _ b: Reduction) -> (Tensor, Tensor) {
    let all = reduced([a, b])
    return (all[0], all[1])
  }

  /// Returns three reductions of the logits, gathered in one walk.
  public func reduced(_ a: Reduction, _ b: Reduction, _ c: Reduction) -> (Tensor, Tensor, Tensor) {
    let all = reduced([a, b, c])
    return (all[0], all[1], all[2])
  }

  /// Returns four reductions of the logits, gathered in one walk.
  public func reduced(_ a: Reduction, _ b: Reduction, _ c: Reduction, _ d: Reduction)
    -> (Tensor, Tensor, Tensor, Tensor)
  {
    let all = reduced([a, b, c, d])
    return (all[0], all[1], all[2], all[3])
  }
}
