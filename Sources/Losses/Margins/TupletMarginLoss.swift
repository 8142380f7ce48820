import Basics
public import Tensors

/// The tuplet margin loss: the softmax of one positive among all negatives, with the positive's angle made larger by a
/// slack.
///
/// With the angle θ of two rows, a slack β and a scale *s*:
///
///     loss = mean over positive pairs of log( 1 + Σₙ exp( s·(cos θₐₙ − cos(θₐₚ − β)) ) )
///
/// Despite its name the slack makes the task easier: a positive within the angle β of the anchor counts as if it were
/// past it, so that pairs of one class are not pulled to a point. A pair without negatives costs 0.
///
/// Memory: O(*N*·*D*) and one tile.
///
/// Source: Yu, Tao. "Deep Metric Learning with Tuplet Margin Loss." ICCV 2019.
public struct TupletMarginLoss: ClassLoss, Hashable {
  /// The slack β in degrees.
  public let degrees: Double

  /// The scale *s*.
  public let scale: Double

  /// Creates a loss; both defaults are pytorch-metric-learning's, 0.1 radians and 64.
  public init(degrees: Double = 5.73, scale: Double = 64) {
    precondition(scale > 0, "scale must be positive, not \(scale)")
    self.degrees = degrees
    self.scale = scale
  }

  /// Returns the mean over all positive pairs; 0 when there is none.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let (sine, cosine) = (Double.sin(degrees * .pi / 180), Double.cos(degrees * .pi / 180))
    let results = rows.perAnchor(by: .cosine, width: 4) { slab, _ in
      let x = 1 - slab.logits
      let negatives = (x * scale).filled(where: !slab.negatives, with: -.infinity).logSumExpOrNone()
      // cos(θ − β) = cos θ·cos β + sin θ·sin β; the gradient of sin θ at θ = 0, which is infinite, is taken as 0.
      let shifted = x * cosine + Self.root(1 - x.squared()) * sine
      let losses = (negatives.unsqueezed(1) - shifted * scale).softplusExact()
      return [losses.filled(where: !slab.positives, with: 0).sum(1), slab.positives.sum(1).to(.float64)]
    }
    return results[0].sum() / max(results[1].sum().item(), 1)
  }

  /// √x, and 0 with the gradient 0 where *x* is not above 0.
  private static func root(_ x: Tensor) -> Tensor {
    let isNone = !(x .> 0)
    return x.filled(where: isNone, with: 1).squareRoot().filled(where: isNone, with: 0)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "tuplet-margin", summary: "Each positive against all negatives at once, by angles with a slack",
    needs: [.classes],
    formula: "mean over positive pairs of log(1 + Σₙ exp(s·(cos θₐₙ − cos(θₐₚ − β))))",
    source: "Yu, Tao. \"Deep Metric Learning with Tuplet Margin Loss.\" ICCV 2019.",
    parameters: [
      .init(
        "degrees", standard: TupletMarginLoss().degrees, "the slack β of the positive's angle",
        origin: "pytorch-metric-learning"),
      .init("scale", standard: TupletMarginLoss().scale, "the scale s of cosines", origin: "pytorch-metric-learning"),
    ])
}

extension Tensor {
  /// log Σₖ exp xᵢₖ of every row; of a row that is −∞ throughout a number so low that its exponential is 0, without a
  /// gradient.
  func logSumExpOrNone() -> Tensor {
    let isNone = !(max(1) .> -Double.infinity)
    let kept = filled(where: isNone.unsqueezed(1), with: 0)
    return kept.logSumExp(1).filled(where: isNone, with: -1e30)
  }
}
