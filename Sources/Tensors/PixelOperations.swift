private let floorOperator = Operator("floor")
private let flipOperator = Operator("flip")
private let remainderOperator = Operator("remainder", "Scalar")
private let divModeOperator = Operator("div", "Tensor_mode")
private let indexCopyOperator = Operator("index_copy")
private let andOperator = Operator("bitwise_and", "Scalar")
private let xorOperator = Operator("bitwise_xor", "Tensor")
private let shiftOperator = Operator("bitwise_right_shift", "Tensor_Scalar")

// What work on whole pixels needs beside arithmetic.

extension Tensor {
  /// Every element without its fraction, towards −∞.
  public func floored() -> Tensor { floorOperator(.tensor(self)) }

  /// The rest of a division by a positive number, never negative.
  public func remainder(by divisor: Double) -> Tensor { remainderOperator(.tensor(self), .double(divisor)) }

  /// The quotient element by element, rounded towards −∞, in the integers' own type.
  public func quotient(by divisor: Tensor) -> Tensor {
    divModeOperator(.tensor(self), .tensor(divisor), .string("floor"))
  }

  /// The items along a dimension in the opposite order.
  public func reversed(along dimension: Int) -> Tensor { flipOperator(.tensor(self), .ints([dimension])) }

  /// The tensor with other items at the given places along its first dimension.
  public func replacingItems(at indices: [Int], with items: Tensor) -> Tensor {
    indexCopyOperator(.tensor(self), .int(0), .tensor(Tensor(indices).to(device)), .tensor(items))
  }

  /// The bits of every integer that a mask has, too.
  public func bits(in mask: Int) -> Tensor { andOperator(.tensor(self), .int(mask)) }

  /// The bits that one of two integers has.
  public func bits(differingFrom other: Tensor) -> Tensor { xorOperator(.tensor(self), .tensor(other)) }

  /// Every integer's bits moved down.
  public func bits(movedDownBy count: Int) -> Tensor { shiftOperator(.tensor(self), .int(count)) }
}
