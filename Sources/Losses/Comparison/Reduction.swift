public import Tensors

/// One number for every anchor: what is left of a set of its candidates, such as the log-sum-exp of the logits of all
/// that it is compared with.
///
///     .logSumExp(over: .compared)                              // the denominator of a softmax
///     .mean(over: .positives)                                  // its numerator
///     .sum(.softplus(-1), over: .positives)                    // Σₚ log(1 + exp(−ℓᵢₚ))
///     .max(over: .negatives)                                   // the hardest negative's logit
///     .sum(.hinge(1, plus: .each(margin)), over: .negatives, where: [.above(.each(t))])
///
/// | | of an empty set | gradient |
/// |---|--:|---|
/// | `sum`, `mean`, `count` | 0 | of `sum` and `mean`; `count` has none |
/// | `logSumExp` | −∞ | yes |
/// | `max`, `min` | −∞, +∞ | goes to those that attain it, in equal parts |
/// | `indexOfMax`, `indexOfMin` | −1 | none |
///
/// An anchor whose set is empty gets no gradient through the reduction, whatever is asked of it.
public struct Reduction {
  /// What there is one number of.
  public enum Side: Hashable, Sendable {
    /// One number an anchor, over its candidates.
    case anchors
    /// One number a candidate, over the anchors: the other direction of a symmetric objective.
    case candidates
  }

  /// A set of candidates of an anchor.
  public enum Pairs: Hashable, Sendable {
    /// Those that the relation calls so.
    case positives
    /// Those that are compared and no positives.
    case negatives
    /// Positives and negatives.
    case compared
  }

  /// What a logit is held against.
  public enum Threshold: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// The same number everywhere.
    case number(Double)
    /// One number for every anchor, or, in a reduction for every candidate, for every candidate. It gets no gradient.
    case each(Tensor)

    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
  }

  /// A condition on the logit ℓ itself, not on a function of it. Cuts select and have no gradient.
  ///
  /// Thresholds that come from `max` and `min` of the same comparison are compared exactly.
  public enum Cut {
    /// ℓ > t
    case above(Threshold)
    /// ℓ ≥ t
    case atLeast(Threshold)
    /// ℓ < t
    case below(Threshold)
    /// ℓ ≤ t
    case atMost(Threshold)
  }

  enum Operation: Hashable { case sum, mean, logSumExp, max, min, indexOfMax, indexOfMin, count }

  let operation: Operation
  let function: ElementFunction
  let pairs: Pairs
  let cuts: [Cut]
  let side: Side

  /// Σ *f*(ℓ).
  public static func sum(
    _ f: ElementFunction = .logit, over pairs: Pairs, where cuts: [Cut] = [], per side: Side = .anchors
  ) -> Reduction { Reduction(operation: .sum, function: f, pairs: pairs, cuts: cuts, side: side) }

  /// The mean of *f*(ℓ).
  public static func mean(
    _ f: ElementFunction = .logit, over pairs: Pairs, where cuts: [Cut] = [], per side: Side = .anchors
  ) -> Reduction { Reduction(operation: .mean, function: f, pairs: pairs, cuts: cuts, side: side) }

  /// log Σ exp *f*(ℓ). With `.linear(β)` the logits are taken β times: Σ exp(βℓ)·exp(ℓ) is that of `.linear(β + 1)`.
  public static func logSumExp(
    _ f: ElementFunction = .logit, over pairs: Pairs, where cuts: [Cut] = [], per side: Side = .anchors
  ) -> Reduction { Reduction(operation: .logSumExp, function: f, pairs: pairs, cuts: cuts, side: side) }

  /// The largest *f*(ℓ).
  public static func max(
    _ f: ElementFunction = .logit, over pairs: Pairs, where cuts: [Cut] = [], per side: Side = .anchors
  ) -> Reduction { Reduction(operation: .max, function: f, pairs: pairs, cuts: cuts, side: side) }

  /// The smallest *f*(ℓ).
  public static func min(
    _ f: ElementFunction = .logit, over pairs: Pairs, where cuts: [Cut] = [], per side: Side = .anchors
  ) -> Reduction { Reduction(operation: .min, function: f, pairs: pairs, cuts: cuts, side: side) }

  /// The index, `int64`, of the candidate (or anchor) with the largest logit: the first of equals, −1 for none.
  /// Indices count through all groups of candidates.
  public static func indexOfMax(over pairs: Pairs, where cuts: [Cut] = [], per side: Side = .anchors) -> Reduction {
    Reduction(operation: .indexOfMax, function: .logit, pairs: pairs, cuts: cuts, side: side)
  }

  /// The index, `int64`, of the candidate (or anchor) with the smallest logit: the first of equals, −1 for none.
  public static func indexOfMin(over pairs: Pairs, where cuts: [Cut] = [], per side: Side = .anchors) -> Reduction {
    Reduction(operation: .indexOfMin, function: .logit, pairs: pairs, cuts: cuts, side: side)
  }

  /// How many there are.
  public static func count(over pairs: Pairs, where cuts: [Cut] = [], per side: Side = .anchors) -> Reduction {
    Reduction(operation: .count, function: .logit, pairs: pairs, cuts: cuts, side: side)
  }

  var isDifferentiable: Bool {
    switch operation {
    case .sum, .mean, .logSumExp, .max, .min: true
    case .indexOfMax, .indexOfMin, .count: false
    }
  }
}
