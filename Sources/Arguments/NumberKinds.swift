extension Kind where Value == Int {
  /// Any whole number.
  public static var integer: Kind { whole("") { _ in true } }

  /// A whole number of at least the bound: `.integer(1...)`.
  public static func integer(_ range: PartialRangeFrom<Int>) -> Kind {
    whole("at least \(range.lowerBound)", range.contains)
  }

  /// A whole number between the bounds, both allowed: `.integer(1...16)`.
  public static func integer(_ range: ClosedRange<Int>) -> Kind {
    whole("from \(range.lowerBound) to \(range.upperBound)", range.contains)
  }

  private static func whole(_ range: String, _ contains: @escaping @Sendable (Int) -> Bool) -> Kind {
    Kind(form: Form(number: "N", "a whole number", range)) { text in
      Int(text).flatMap { contains($0) ? $0 : nil }
    }
  }
}

extension Kind where Value == Double {
  /// Any finite number.
  public static var number: Kind { finite("") { _ in true } }

  /// A number of at least the bound: `.number(0...)`.
  public static func number(_ range: PartialRangeFrom<Double>) -> Kind {
    finite("at least \(short(range.lowerBound))", range.contains)
  }

  /// A number between the bounds, both allowed: `.number(0...1)`.
  public static func number(_ range: ClosedRange<Double>) -> Kind {
    finite("from \(short(range.lowerBound)) to \(short(range.upperBound))", range.contains)
  }

  /// A number between the bounds, the upper one not allowed: `.number(0..<1)`.
  public static func number(_ range: Range<Double>) -> Kind {
    finite("at least \(short(range.lowerBound)) and below \(short(range.upperBound))", range.contains)
  }

  /// A number greater than the bound, such as a temperature: `.number(above: 0)`.
  public static func number(above bound: Double) -> Kind {
    finite("above \(short(bound))") { $0 > bound }
  }

  private static func finite(_ range: String, _ contains: @escaping @Sendable (Double) -> Bool) -> Kind {
    Kind(form: Form(number: "X", "a number", range)) { text in
      Double(text).flatMap { $0.isFinite && contains($0) ? $0 : nil }
    } text: {
      short($0)
    }
  }

  /// The number without a needless `.0`.
  private static func short(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Form {
  /// The form of a number; "at least 1" becomes "a whole number of at least 1".
  init(number placeholder: String, _ noun: String, _ range: String) {
    let joint = range.isEmpty ? "" : range.hasPrefix("at least") ? " of " : " "
    self.init(placeholder: placeholder, expected: noun + joint + range, range: range)
  }
}
