/// The mean of a figure over independent runs, such as those of several seeds, and where the mean of all runs lies.
///
///     mean ± t·s/√n      s² = Σ (xᵢ − mean)²/(n − 1), t the 97.5 % point of Student's distribution with n − 1 degrees
///
/// It tells how far another training would move the figure; a bootstrap over items tells how far other items would.
/// With three runs t is 4.3: honest intervals of few runs are wide.
///
/// Source: Student. "The probable error of a mean." Biometrika 6, 1908.
public struct SeedInterval: Hashable, Sendable, Codable {
  /// The mean.
  public let mean: Double
  /// The 95 % interval of the mean; nil for a single run.
  public let interval: ClosedRange<Double>?

  /// Sums up one figure a run.
  ///
  /// - Parameter values: At least one.
  public init(_ values: [Double]) {
    precondition(!values.isEmpty, "there is no run to sum up")
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    self.mean = mean
    guard values.count > 1 else {
      interval = nil
      return
    }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let half = Self.quantile(values.count - 1) * (variance / n).squareRoot()
    interval = (mean - half)...(mean + half)
  }

  /// The 97.5 % point of Student's distribution: a table up to ten degrees, beyond it the first four terms of the
  /// expansion around the normal distribution's, exact to 0.001.
  ///
  /// Source: Abramowitz, Stegun. "Handbook of Mathematical Functions." 1964, table 26.10 and 26.7.5.
  static func quantile(_ degrees: Int) -> Double {
    let table = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281]
    if degrees <= table.count { return table[degrees - 1] }
    let (x, v) = (1.959964, Double(degrees))
    let x3 = x * x * x
    let x5 = x3 * x * x
    let x7 = x5 * x * x
    let second = (5 * x5 + 16 * x3 + 3 * x) / (96 * v * v)
    return x + (x3 + x) / (4 * v) + second + (3 * x7 + 19 * x5 + 17 * x3 - 15 * x) / (384 * v * v * v)
  }
}
