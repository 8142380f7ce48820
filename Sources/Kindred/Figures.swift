/// Numbers as a person reads them.
public enum Figures {
  /// A number with three significant digits, without trailing zeros; very large and very small ones as 1.5e20.
  public static func short(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : value > 0 ? "∞" : "−∞" }
    if value == 0 { return "0" }
    if abs(value) >= 1e15 || abs(value) < 1e-9 {
      var (size, exponent) = (value, 0)
      while abs(size) >= 10 { (size, exponent) = (size / 10, exponent + 1) }
      while abs(size) < 1 { (size, exponent) = (size * 10, exponent - 1) }
      return "\(fixed(size, digits: 2, trimming: true))e\(exponent)"
    }
    if abs(value) >= 100 { return (value < 0 ? "−" : "") + "\(Int(abs(value).rounded()))" }
    var digits = 2
    var size = abs(value)
    while size < 1 { (size, digits) = (size * 10, digits + 1) }
    while size >= 10 { (size, digits) = (size / 10, digits - 1) }
    return fixed(value, digits: digits, trimming: true)
  }

  /// A number with a set number of digits after the point.
  public static func fixed(_ value: Double, digits: Int, trimming: Bool = false) -> String {
    guard abs(value) < 1e15 else { return short(value) }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    let whole = Int(scaled / scale)
    var fraction = "\(Int(scaled - Double(whole) * scale))"
    fraction = String(repeating: "0", count: max(0, digits - fraction.count)) + fraction
    if trimming { while fraction.hasSuffix("0") { fraction.removeLast() } }
    return (value < 0 ? "−" : "") + "\(whole)" + (fraction.isEmpty || digits == 0 ? "" : ".\(fraction)")
  }

  /// A share as a percentage with one digit: `42.3 %`.
  public static func percent(_ share: Double) -> String { "\(fixed(share * 100, digits: 1)) %" }

  /// A time in its two largest units: `1 h 02 min`, `3 min 20 s`, `12 s`.
  public static func time(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds.isFinite ? seconds : 0), 1e15).rounded())
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    if whole >= 3600 { return "\(whole / 3600) h \(two(whole / 60 % 60)) min" }
    return whole >= 60 ? "\(whole / 60) min \(two(whole % 60)) s" : "\(whole) s"
  }
}
