private let addOperator = Operator("add", "Tensor")
private let addScalarOperator = Operator("add", "Scalar")
private let subOperator = Operator("sub", "Tensor")
private let rsubOperator = Operator("rsub", "Scalar")
private let mulOperator = Operator("mul", "Tensor")
private let mulScalarOperator = Operator("mul", "Scalar")
private let divOperator = Operator("div", "Tensor")
private let divScalarOperator = Operator("div", "Scalar")
private let reciprocalOperator = Operator("reciprocal")
private let negOperator = Operator("neg")
private let expOperator = Operator("exp")
private let logOperator = Operator("log")
private let log1pOperator = Operator("log1p")
private let sqrtOperator = Operator("sqrt")
private let rsqrtOperator = Operator("rsqrt")
private let absOperator = Operator("abs")
private let powOperator = Operator("pow", "Tensor_Scalar")
private let sinOperator = Operator("sin")
private let cosOperator = Operator("cos")
private let remainderOperator = Operator("remainder", "Scalar")
private let clampOperator = Operator("clamp")
private let logAddExpOperator = Operator("logaddexp")
private let maximumOperator = Operator("maximum")
private let minimumOperator = Operator("minimum")
private let whereOperator = Operator("where", "self")
private let eqOperator = Operator("eq", "Tensor")
private let eqScalarOperator = Operator("eq", "Scalar")
private let ltOperator = Operator("lt", "Tensor")
private let leOperator = Operator("le", "Tensor")
private let gtOperator = Operator("gt", "Tensor")
private let gtScalarOperator = Operator("gt", "Scalar")
private let ltScalarOperator = Operator("lt", "Scalar")
private let notOperator = Operator("logical_not")
private let andOperator = Operator("logical_and")
private let orOperator = Operator("logical_or")
private let isFiniteOperator = Operator("isfinite")
private let maskedFillOperator = Operator("masked_fill", "Scalar")

// Element by element, with libtorch's broadcasting: dimensions align at the right, and a length of 1 repeats.

extension Tensor {
  /// Sums element by element.
  public static func + (a: Tensor, b: Tensor) -> Tensor { addOperator(.tensor(a), .tensor(b)) }
  /// Adds a number to every element.
  public static func + (a: Tensor, b: Double) -> Tensor { addScalarOperator(.tensor(a), .double(b)) }
  /// Differences element by element.
  public static func - (a: Tensor, b: Tensor) -> Tensor { subOperator(.tensor(a), .tensor(b)) }
  /// Subtracts a number from every element.
  public static func - (a: Tensor, b: Double) -> Tensor { a + -b }
  /// Subtracts every element from a number.
  public static func - (a: Double, b: Tensor) -> Tensor { rsubOperator(.tensor(b), .double(a)) }
  /// Products element by element.
  public static func * (a: Tensor, b: Tensor) -> Tensor { mulOperator(.tensor(a), .tensor(b)) }
  /// Multiplies every element by a number.
  public static func * (a: Tensor, b: Double) -> Tensor { mulScalarOperator(.tensor(a), .double(b)) }
  /// Multiplies every element by a number.
  public static func * (a: Double, b: Tensor) -> Tensor { b * a }
  /// Quotients element by element.
  public static func / (a: Tensor, b: Tensor) -> Tensor { divOperator(.tensor(a), .tensor(b)) }
  /// Divides every element by a number.
  public static func / (a: Tensor, b: Double) -> Tensor { divScalarOperator(.tensor(a), .double(b)) }
  /// Divides a number by every element.
  public static func / (a: Double, b: Tensor) -> Tensor { b.reciprocal() * a }
  /// The negative of every element.
  public static prefix func - (a: Tensor) -> Tensor { negOperator(.tensor(a)) }

  /// One over every element.
  public func reciprocal() -> Tensor { reciprocalOperator(.tensor(self)) }
  /// *e* to the power of every element.
  public func exp() -> Tensor { expOperator(.tensor(self)) }
  /// The natural logarithm of every element.
  public func log() -> Tensor { logOperator(.tensor(self)) }
  /// log(1 + x), exact for small x.
  public func log1p() -> Tensor { log1pOperator(.tensor(self)) }
  /// The square root of every element.
  public func squareRoot() -> Tensor { sqrtOperator(.tensor(self)) }
  /// One over the square root of every element.
  public func reciprocalSquareRoot() -> Tensor { rsqrtOperator(.tensor(self)) }
  /// The magnitude of every element.
  public func magnitude() -> Tensor { absOperator(.tensor(self)) }
  /// Every element to a power.
  public func power(_ exponent: Double) -> Tensor { powOperator(.tensor(self), .double(exponent)) }
  /// The square of every element.
  public func squared() -> Tensor { self * self }
  /// The sine of every element.
  public func sin() -> Tensor { sinOperator(.tensor(self)) }
  /// The cosine of every element.
  public func cos() -> Tensor { cosOperator(.tensor(self)) }

  /// What is left of every element, none of them negative, when it is divided by a whole number.
  package func remainder(_ divisor: Int) -> Tensor { remainderOperator(.tensor(self), .int(divisor)) }

  /// Every element, moved to the nearest value within the bounds.
  public func clamped(min low: Double? = nil, max high: Double? = nil) -> Tensor {
    clampOperator(.tensor(self), low.map(Argument.double) ?? .none, high.map(Argument.double) ?? .none)
  }

  /// log(eᵃ + eᵇ) of two elements, without overflow, and exact where one is far below the other.
  public static func logAddExp(_ a: Tensor, _ b: Tensor) -> Tensor { logAddExpOperator(.tensor(a), .tensor(b)) }

  /// The larger of two elements.
  public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { maximumOperator(.tensor(a), .tensor(b)) }
  /// The smaller of two elements.
  public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { minimumOperator(.tensor(a), .tensor(b)) }
}

// Truth

infix operator .== : ComparisonPrecedence
infix operator .< : ComparisonPrecedence
infix operator .<= : ComparisonPrecedence
infix operator .> : ComparisonPrecedence

extension Tensor {
  /// Whether elements are equal.
  public static func .== (a: Tensor, b: Tensor) -> Tensor { eqOperator(.tensor(a), .tensor(b)) }
  /// Whether elements equal a number.
  public static func .== (a: Tensor, b: Double) -> Tensor { eqScalarOperator(.tensor(a), .double(b)) }
  /// Whether elements are less.
  public static func .< (a: Tensor, b: Tensor) -> Tensor { ltOperator(.tensor(a), .tensor(b)) }
  /// Whether elements are less than a number.
  public static func .< (a: Tensor, b: Double) -> Tensor { ltScalarOperator(.tensor(a), .double(b)) }
  /// Whether elements are less or equal.
  public static func .<= (a: Tensor, b: Tensor) -> Tensor { leOperator(.tensor(a), .tensor(b)) }
  /// Whether elements are greater.
  public static func .> (a: Tensor, b: Tensor) -> Tensor { gtOperator(.tensor(a), .tensor(b)) }
  /// Whether elements are greater than a number.
  public static func .> (a: Tensor, b: Double) -> Tensor { gtScalarOperator(.tensor(a), .double(b)) }
  /// The opposite of truth values.
  public static prefix func ! (a: Tensor) -> Tensor { notOperator(.tensor(a)) }
  /// Whether both are true.
  public func and(_ other: Tensor) -> Tensor { andOperator(.tensor(self), .tensor(other)) }
  /// Whether one or both are true.
  public func or(_ other: Tensor) -> Tensor { orOperator(.tensor(self), .tensor(other)) }
  /// Whether elements are neither infinite nor NaN.
  public func isFinite() -> Tensor { isFiniteOperator(.tensor(self)) }

  /// Elements of `yes` where this is true, of `no` elsewhere.
  public func select(_ yes: Tensor, else no: Tensor) -> Tensor {
    whereOperator(.tensor(self), .tensor(yes), .tensor(no))
  }

  /// The tensor with a number in the places where a mask is true.
  public func filled(where mask: Tensor, with value: Double) -> Tensor {
    maskedFillOperator(.tensor(self), .tensor(mask), .double(value))
  }
}
