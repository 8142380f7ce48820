private let copyOperator = Operator("copy_")
private let reluOperator = Operator("relu_")
private let addOperator = Operator("add_", "Tensor")
private let fusedSGDOperator = Operator("_fused_sgd_")
private let fusedAdamWOperator = Operator("_fused_adamw_")
private let foreachMulScalarOperator = Operator("_foreach_mul_", "Scalar")
private let foreachLerpOperator = Operator("_foreach_lerp_", "Scalar")
private let foreachAddListOperator = Operator("_foreach_add_", "List")
private let foreachAddScalarOperator = Operator("_foreach_add_", "Scalar")
private let foreachNormOperator = Operator("_foreach_norm", "Scalar")

// For the rows above only. In a network's inner layers half of the memory traffic is saved when a sum or a ReLU takes
// over the memory of its input; gradients are recorded as ever.

extension Tensor {
  /// max(0, x), in x's own memory: for a fresh result that nobody else holds, of an operation whose gradient does not
  /// need it (a normalisation, a sum, a convolution; not an exponential). libtorch traps in the gradient otherwise.
  package func reluInPlace() -> Tensor { reluOperator(.tensor(self)) }

  /// x + other, in x's own memory, for an x as in `reluInPlace`.
  package func addingInPlace(_ other: Tensor) -> Tensor { addOperator(.tensor(self), .tensor(other)) }
}

// A parameter keeps its memory while its value changes, and so do its optimizer's moments. What follows runs without
// gradient.

extension Tensor {
  /// Overwrites the elements with those of another tensor of the same shape, converted and moved as needed.
  package func assign(_ other: Tensor) {
    precondition(shape == other.shape, "assign: a tensor of shape \(shape) cannot take \(other.shape)")
    withoutGradient { copyOperator.run(.tensor(self), .tensor(other)) }
  }
}

/// Operations on lists of tensors in place, one call for all, as optimizers need them.
package enum TensorLists {
  /// tensors[i] ← tensors[i]·factor.
  package static func scale(_ tensors: [Tensor], by factor: Double) {
    withoutGradient { foreachMulScalarOperator.run(.tensors(tensors), .double(factor)) }
  }

  /// tensors[i] ← tensors[i] + (targets[i] − tensors[i])·weight.
  package static func move(_ tensors: [Tensor], towards targets: [Tensor], by weight: Double) {
    withoutGradient { foreachLerpOperator.run(.tensors(tensors), .tensors(targets), .double(weight)) }
  }

  /// tensors[i] ← tensors[i] + others[i]·factor.
  package static func add(_ others: [Tensor], times factor: Double, to tensors: [Tensor]) {
    withoutGradient { foreachAddListOperator.run(.tensors(tensors), .tensors(others), .double(factor)) }
  }

  /// tensors[i] ← tensors[i] + 1.
  package static func increment(_ tensors: [Tensor]) {
    withoutGradient { foreachAddScalarOperator.run(.tensors(tensors), .int(1)) }
  }

  /// The Euclidean norm of every tensor, as scalars.
  package static func norms(_ tensors: [Tensor]) -> [Tensor] {
    withoutGradient {
      foreachNormOperator.tensors(.tensors(tensors), .double(2), capacity: tensors.count).map { $0! }
    }
  }

  /// One step of stochastic gradient descent: with v the momentum buffers,
  /// g ← g + weightDecay·w;  v ← momentum·v + g (v ← g at the first step);  w ← w − rate·(nesterov ? g + momentum·v : v).
  /// Without momentum the buffers are left alone.
  package static func stepSGD(
    _ weights: [Tensor], gradients: [Tensor], momenta: [Tensor], rate: Double, momentum: Double, weightDecay: Double,
    nesterov: Bool, isFirst: Bool
  ) {
    withoutGradient {
      fusedSGDOperator.run(
        .tensors(weights), .tensors(gradients), .tensors(momentum == 0 ? [] : momenta), .double(weightDecay),
        .double(momentum), .double(rate), .double(0), .bool(nesterov), .bool(false), .bool(isFirst))
    }
  }

  /// One step of AdamW; `steps` are scalars that hold the number of this step, from 1.
  package static func stepAdamW(
    _ weights: [Tensor], gradients: [Tensor], means: [Tensor], squares: [Tensor], steps: [Tensor], rate: Double,
    beta1: Double, beta2: Double, weightDecay: Double, epsilon: Double
  ) {
    withoutGradient {
      fusedAdamWOperator.run(
        .tensors(weights), .tensors(gradients), .tensors(means), .tensors(squares), .tensors([]), .tensors(steps),
        .double(rate), .double(beta1), .double(beta2), .double(weightDecay), .double(epsilon), .bool(false),
        .bool(false))
    }
  }
}
