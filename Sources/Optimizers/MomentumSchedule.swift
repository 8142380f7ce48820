#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// How much a momentum encoder keeps of itself at a step: the decay of its moving average.
public enum MomentumSchedule: Hashable, Sendable, Codable {
  /// The same at every step; 0.999 in MoCo.
  ///
  /// Source: He et al. "Momentum Contrast for Unsupervised Visual Representation Learning." CVPR 2020, section 3.2.
  case constant(Double)

  /// From a start up to 1 along half a wave of the cosine: 1 − (1 − start)·(1 + cos π·*t*/*T*)/2 at step *t* of *T*, so
  /// that the copy stands still at the end. 0.996 in BYOL, 0.99 in MoCo's third version.
  ///
  /// Source: Grill et al. "Bootstrap Your Own Latent." NeurIPS 2020, section 3.2; Chen, Xie, He. "An Empirical Study of
  /// Training Self-Supervised Vision Transformers." ICCV 2021, appendix A.
  case cosine(start: Double, total: Int)

  /// The decay of a step, which counts from 0.
  public func decay(at step: Int) -> Double {
    switch self {
    case .constant(let decay):
      return decay
    case .cosine(let start, let total):
      let progress = min(1, Double(step) / Double(max(total, 1)))
      return 1 - (1 - start) * (1 + cos(.pi * progress)) / 2
    }
  }
}
