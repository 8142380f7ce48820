extension Double {
  /// The number with the given count of decimals, `0.30`, without pulling in Foundation.
  func rounded(decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { power, _ in power * 10 }
    let units = (magnitude * Double(scale)).rounded()
    guard units < 1e15 else { return "\(self)" }
    let whole = Int(units)
    let sign = self < 0 && whole != 0 ? "−" : ""
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let fraction = "\(whole % scale)"
    return "\(sign)\(whole / scale).\(String(repeating: "0", count: decimals - fraction.utf8.count))\(fraction)"
  }
}
