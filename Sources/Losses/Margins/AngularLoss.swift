import Basics
public import Tensors

/// The angular loss: in the triangle of anchor, positive and negative, the angle at the negative shall be small.
///
/// For a positive pair of unit rows and the angle α, over the anchor's negatives *n*:
///
///     ℓ(a, p) = log( 1 + Σₙ exp( 4·tan²α·(a + p)·n − 2·(1 + tan²α)·a·p ) )
///     loss    = mean of ℓ over all positive pairs
///
/// The angle does not change with the scale of the triangle, as a margin of distances does. A pair without negatives
/// costs 0.
///
/// Memory: O(*N*·*D*) and one tile, made anew on the way back for every rank of the positives. Time:
/// O(*N*²·*D*·largest class).
///
/// Source: Wang, Zhou, Wen, Liu, Lin. "Deep Metric Learning with Angular Loss." ICCV 2017.
/// <https://arxiv.org/abs/1708.01682>
public struct AngularLoss: ClassLoss, Hashable {
  /// The angle α in degrees.
  public let degrees: Double

  /// Whether the negatives are scaled to unit length too, as the derivation supposes.
  public let normalizesNegatives: Bool

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - degrees: α; the default is pytorch-metric-learning's.
  ///   - normalizesNegatives: False for pytorch-metric-learning's numbers, which leaves the negatives as they are.
  public init(degrees: Double = 40, normalizesNegatives: Bool = true) {
    precondition(degrees > 0 && degrees < 90, "an angle between 0 and 90 degrees expected, got \(degrees)")
    self.degrees = degrees
    self.normalizesNegatives = normalizesNegatives
  }

  /// The loss as pytorch-metric-learning computes it.
  public static let pml = AngularLoss(normalizesNegatives: false)

  /// Returns the mean over all positive pairs; 0 when there is none.
  public func callAsFunction(_ rows: LabeledRows) -> Tensor {
    let square = Double.tan(degrees * .pi / 180) * Double.tan(degrees * .pi / 180)
    let unit = rows.map { $0.normalized() }
    let inputs = [unit.anchors, unit.candidates] + (normalizesNegatives ? [] : [rows.candidates])
    let results = unit.perAnchor(by: .cosine, width: 4, parameters: inputs) { slab, inputs in
      let start = (slab.logits * 0).sum(1)
      let sums = PositiveSlots(slab.positives).slots.reduce(start) { sum, slot in
        sum
          + recomputed(from: inputs) { inputs in
            let (a, p) = (inputs[0][slab.rows], inputs[1].items(at: slot.candidates))
            let toNegatives = (a + p).matrixProduct(inputs.last!.to(a.type).transposed()) * (4 * square)
            let exponents = toNegatives - (a * p).sum(1, keeping: true) * (2 * (1 + square))
            let losses = exponents.filled(where: !slab.negatives, with: -.infinity).logSumExpWithOne()
            return [losses.filled(where: !slot.exist, with: 0)]
          }[0]
      }
      return [sums, slab.positives.sum(1).to(.float64)]
    }
    return results[0].sum() / max(results[1].sum().item(), 1)
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "angular", summary: "Bounds the angle at the negative of every triplet",
    needs: [.classes],
    formula: "mean over positive pairs of log(1 + Σₙ exp(4·tan²α·(a + p)·n − 2·(1 + tan²α)·a·p)), unit rows",
    variants: [
      .paper: "mean over positive pairs of log(1 + Σₙ exp(4·tan²α·(a + p)·n − 2·(1 + tan²α)·a·p)), unit rows",
      .pml: """
      mean over positive pairs of log(1 + Σₙ exp(4·tan²α·(a + p)·n − 2·(1 + tan²α)·a·p)), a and p unit rows, \
      n as they are
      """,
    ],
    source: """
      Wang, Zhou, Wen, Liu, Lin. "Deep Metric Learning with Angular Loss." ICCV 2017. https://arxiv.org/abs/1708.01682
      """,
    parameters: [
      .init(
        "degrees", standard: AngularLoss().degrees, "the angle α at the negative", origin: "pytorch-metric-learning")
    ])
}

extension Tensor {
  /// log(1 + Σₖ exp xᵢₖ) of every row; 0 of a row that is −∞ throughout.
  func logSumExpWithOne() -> Tensor {
    let zero = Tensor.zeros([shape[0], 1], type: type, on: device)
    return Tensor.concatenation([self, zero], along: 1).logSumExp(1)
  }
}
