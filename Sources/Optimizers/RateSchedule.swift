#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The learning rate as a function of the step.
public enum RateSchedule: Hashable, Sendable, Codable {
  /// The same rate at every step after a straight rise, which is that of `cosine`.
  case constant(Double, warmUp: Int = 0)

  /// A straight rise to the peak, then half a wave of the cosine down to an end.
  ///
  /// Step *t* counts from 0. In warm-up the rate is peak·(*t* + 1)/warmUp, so that no step is lost to a rate of 0 and the
  /// last one has the peak; afterwards it is end + (peak − end)·(1 + cos π·*p*)/2 with *p* = (*t* − warmUp)/(total −
  /// warmUp), and the end from step `total` on.
  case cosine(peak: Double, end: Double, warmUp: Int, total: Int)

  /// The rate of a step, which counts from 0.
  public func rate(at step: Int) -> Double {
    switch self {
    case .constant(let rate, let warmUp):
      return step < warmUp ? rate * Double(step + 1) / Double(warmUp) : rate
    case .cosine(let peak, let end, let warmUp, let total):
      if step < warmUp { return peak * Double(step + 1) / Double(warmUp) }
      if step >= total { return end }
      let progress = Double(step - warmUp) / Double(total - warmUp)
      return end + (peak - end) * (1 + cos(.pi * progress)) / 2
    }
  }
}
