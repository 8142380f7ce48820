import CTiles
import Tensors

/// A reduction in memory that compiled tiles read and write.
///
/// The offset of a log-sum-exp of logits is left out of the tiles and added to the result: log Σ exp(x + o) = o + log Σ
/// exp x. So every row may be summed with one reference, and two of them share their exponentials.
final class CompiledReduction {
  private let reduction: BoundReduction
  private let count: Int
  private let sum, counts: Memory<Double>
  private let extreme: Memory<Float>
  private let index: Memory<Int64>?
  private let offsets: Memory<Float>?
  private let thresholds: [Memory<Float>?]
  private let cuts: Memory<CTLCut>
  private var factors: Memory<Float>?
  private var offsetGradients: Memory<Double>?

  init(_ reduction: BoundReduction, count: Int) {
    self.reduction = reduction
    self.count = count
    let operation = reduction.operation
    sum = Memory(repeating: 0, count: count)
    counts = Memory(repeating: 0, count: operation == .mean || operation == .count ? count : 0)
    let isMin = operation == .min || operation == .indexOfMin
    extreme = Memory(repeating: isMin ? .infinity : -.infinity, count: count)
    index = operation == .indexOfMax || operation == .indexOfMin ? Memory(repeating: -1, count: count) : nil
    if case .each(let tensor) = reduction.offset { offsets = Memory(tensor) } else { offsets = nil }
    thresholds = reduction.cuts.map { cut in
      if case .each(let tensor) = cut.threshold { Memory(tensor) } else { nil }
    }
    cuts = Memory(repeating: CTLCut(), count: reduction.cuts.count)
    for (i, cut) in reduction.cuts.enumerated() {
      if case .number(let number) = cut.threshold { cuts[i].number = Float(number) }
      cuts[i].each = thresholds[i].map { UnsafePointer($0.start) }
      cuts[i].comparator =
        switch cut.comparator {
        case .above: CTL_ABOVE
        case .atLeast: CTL_AT_LEAST
        case .below: CTL_BELOW
        case .atMost: CTL_AT_MOST
        }
    }
  }

  private var offsetIsApart: Bool { reduction.operation == .logSumExp && reduction.shape == .identity }

  /// The reduction as C knows it; valid while this object lives.
  func described() -> CTLReduction {
    var result = CTLReduction()
    result.operation =
      switch reduction.operation {
      case .sum, .mean: CTL_SUM
      case .count: CTL_COUNT
      case .logSumExp: CTL_LOG_SUM_EXP
      case .max, .indexOfMax: CTL_MAX
      case .min, .indexOfMin: CTL_MIN
      }
    switch reduction.shape {
    case .identity: result.shape = CTL_IDENTITY
    case .softplus: result.shape = CTL_SOFTPLUS
    case .hinge: result.shape = CTL_HINGE
    case .squaredHinge: result.shape = CTL_SQUARED_HINGE
    case .selfWeighted(let factor, let optimum, let margin):
      result.shape = CTL_SELF_WEIGHTED
      (result.factor, result.optimum, result.margin) = (Float(factor), Float(optimum), Float(margin))
    }
    result.pairs =
      switch reduction.pairs {
      case .positives: CTL_POSITIVES
      case .negatives: CTL_NEGATIVES
      case .compared: CTL_COMPARED
      }
    result.by_candidate = reduction.side == .candidates
    result.slope = Float(reduction.slope)
    if !offsetIsApart {
      if case .number(let number) = reduction.offset { result.offset = Float(number) }
      result.offsets = offsets.map { UnsafePointer($0.start) }
    }
    result.cut_count = Int32(cuts.count)
    result.cuts = UnsafePointer(cuts.start)
    result.sum = sum.start
    result.extreme = extreme.start
    result.count = counts.count > 0 ? counts.start : nil
    result.index = index?.start
    result.factors = factors.map { UnsafePointer($0.start) }
    result.offset_gradients = offsetIsApart ? nil : offsetGradients?.start
    return result
  }

  /// The reduction's value, when all tiles have been walked.
  func result() -> Tensor {
    switch reduction.operation {
    case .sum: return sum.tensor()
    case .mean: return sum.tensor() / counts.tensor().clamped(min: 1)
    case .count: return counts.tensor()
    case .max, .min: return extreme.tensor().to(.float64)
    case .indexOfMax, .indexOfMin: return index!.tensor()
    case .logSumExp:
      let plain = sum.tensor().log() + extreme.tensor().to(.float64)
      guard offsetIsApart else { return plain }
      switch reduction.offset {
      case .number(let number): return number == 0 ? plain : plain + number
      case .each(let tensor): return plain + tensor.to(.float64)
      case .logAddExp: preconditionFailure("an offset of two sides is not compiled")
      }
    }
  }

  /// Takes ∂L/∂R for the way back; nil where it does not matter.
  func begin(_ seed: Tensor?) {
    guard let seed, reduction.operation != .count else {
      factors = nil
      return
    }
    let seeds = seed.values(as: Double.self)
    let factors = Memory<Float>(repeating: 0, count: count)
    if case .each = reduction.offset { offsetGradients = Memory(repeating: 0, count: count) }
    for i in 0..<count {
      switch reduction.operation {
      case .sum: factors[i] = Float(seeds[i])
      case .mean: factors[i] = counts[i] > 0 ? Float(seeds[i] / counts[i]) : 0
      default: factors[i] = sum[i] > 0 ? Float(seeds[i] / sum[i]) : 0
      }
      // Every pair's share of a log-sum-exp adds up to 1.
      if offsetIsApart, sum[i] > 0 { offsetGradients?[i] = seeds[i] }
    }
    self.factors = factors
  }

  /// The gradient of the offset, when all tiles have been walked back.
  func offsetGradient() -> [Tensor] {
    guard case .each = reduction.offset else { return [] }
    return [offsetGradients?.tensor() ?? .zeros([count], type: .float64)]
  }
}
