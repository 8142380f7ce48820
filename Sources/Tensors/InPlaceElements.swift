private let subOperator = Operator("sub_", "Tensor")
private let addOperator = Operator("add_", "Tensor")
private let mulOperator = Operator("mul_", "Tensor")
private let expOperator = Operator("exp_")
private let fillOperator = Operator("fill_", "Scalar")
private let maskedFillOperator = Operator("masked_fill_", "Scalar")
private let addProductOperator = Operator("addmm_")
private let diagonalOperator = Operator("diagonal")
private let indexCopyOperator = Operator("index_copy_")

// For the rows above only, on memory that nobody else has seen yet: a large temporary is changed where it lies instead
// of being made anew at every step. All of these are called without gradient.

extension Tensor {
  /// self ← self − other.
  package func subtract(_ other: Tensor) { subOperator.run(.tensor(self), .tensor(other)) }

  /// self ← self + factor·other.
  package func add(_ other: Tensor, times factor: Double = 1) {
    addOperator.run(.tensor(self), .tensor(other), .double(factor))
  }

  /// self ← self·other.
  package func multiply(by other: Tensor) { mulOperator.run(.tensor(self), .tensor(other)) }

  /// self ← exp(self).
  package func exponentiate() { expOperator.run(.tensor(self)) }

  /// self ← value.
  package func fill(_ value: Double) { fillOperator.run(.tensor(self), .double(value)) }

  /// self ← value where a mask is true.
  package func fill(where mask: Tensor, _ value: Double) {
    maskedFillOperator.run(.tensor(self), .tensor(mask), .double(value))
  }

  /// self ← self + a·b for matrices.
  package func addProduct(_ a: Tensor, _ b: Tensor) {
    addProductOperator.run(.tensor(self), .tensor(a), .tensor(b))
  }

  /// The items at the given places along the first dimension ← others, one for each place; no place may occur twice.
  package func assign(_ others: Tensor, at indices: Tensor) {
    withoutGradient { indexCopyOperator.run(.tensor(self), .int(0), .tensor(indices), .tensor(others)) }
  }

  /// The elements (i, i + offset) of a matrix, sharing its memory.
  public func diagonal(_ offset: Int = 0) -> Tensor { diagonalOperator(.tensor(self), .int(offset)) }
}
