import Tensors

/// What one reduction has gathered from the tiles so far, and its share of every tile's gradient afterwards.
///
/// Of logits it keeps the largest or smallest in the tiles' type, so that they are found again bit for bit; sums, over
/// any number of tiles, in `float64`.
///
/// Source of the running sum of exponentials: Milakov, Gimelshein. "Online normalizer calculation for softmax." 2018,
/// algorithm 3. <https://arxiv.org/abs/1805.02867>
final class ReductionState {
  let reduction: BoundReduction
  private let type, vectorType: DataType
  private let sum: Tensor  // Σ f(x), Σ exp(f(x) − extreme), or how many attain the extreme
  private let count: Tensor  // of the pairs, for a mean or as the result
  private let extreme: Tensor  // the largest (or smallest) f(x)
  private let index: Tensor

  init(_ reduction: BoundReduction, of problem: Problem) {
    self.reduction = reduction
    (type, vectorType) = (problem.type, problem.vectorType)
    let n = problem.count(of: reduction.side)
    sum = .zeros([n], type: vectorType, on: problem.device)
    count = .zeros([n], type: vectorType, on: problem.device)
    let isMin = reduction.operation == .min || reduction.operation == .indexOfMin
    extreme = .full([n], isMin ? .infinity : -.infinity, type: type, on: problem.device)
    index = .full([n], -1, type: .int64, on: problem.device)
  }

  // MARK: Forward

  /// Takes a tile in.
  func take(_ tile: ComparedTile) {
    let dimension = reduction.side == .anchors ? 1 : 0
    let range = tile.range(reduction.side)
    let mask = tile.mask(of: reduction)
    func values(else fallback: Double) -> Tensor {
      let values = reduction.shape.value(tile.arguments(of: reduction))
      return mask.map { values.filled(where: !$0, with: fallback) } ?? values
    }
    switch reduction.operation {
    case .sum, .mean:
      sum[range].add(values(else: 0).sum(dimension).to(vectorType))
      if reduction.operation == .mean { takeCount(of: tile, mask, dimension) }
    case .count: takeCount(of: tile, mask, dimension)
    case .logSumExp:
      let values = values(else: -.infinity)
      let old = extreme[range]
      let new = Tensor.maximum(old, values.max(dimension))
      // exp(−∞ − (−∞)) is NaN: where nothing was found yet, any finite number does for the difference.
      let base = new.filled(where: new .== -.infinity, with: 0)
      let exponentials = (values - base.unsqueezed(dimension)).exp()
      let kept = (old - base).to(vectorType).exp()
      sum[range].assign(sum[range] * kept + exponentials.sum(dimension).to(vectorType))
      old.assign(new)
    case .max, .indexOfMax: takeExtreme(values(else: -.infinity), tile, dimension) { .maximum($0, $1.max(dimension)) }
    case .min, .indexOfMin: takeExtreme(values(else: .infinity), tile, dimension) { .minimum($0, $1.min(dimension)) }
    }
  }

  private func takeCount(of tile: ComparedTile, _ mask: Tensor?, _ dimension: Int) {
    let range = tile.range(reduction.side)
    let counts =
      mask.map { $0.sum(dimension).to(vectorType) }
      ?? .full([range.count], Double(tile.logits.shape[dimension]), type: vectorType, on: tile.logits.device)
    count[range].add(counts)
  }

  private func takeExtreme(
    _ values: Tensor, _ tile: ComparedTile, _ dimension: Int, _ combined: (Tensor, Tensor) -> Tensor
  ) {
    let range = tile.range(reduction.side)
    let old = extreme[range]
    let new = combined(old, values)
    let attains = (values .== new.unsqueezed(dimension)).and(values.isFinite())
    let ties = attains.sum(dimension).to(vectorType)
    sum[range].assign((old .== new).select(sum[range], else: ties * 0) + ties)
    if reduction.operation == .indexOfMax || reduction.operation == .indexOfMin {
      let other = reduction.side == .anchors ? tile.range(.candidates) : tile.range(.anchors)
      let none = Int.max >> 12  // exact as a Double
      let first = Tensor.range(other, on: values.device).unsqueezed(1 - dimension)
        .filled(where: !attains, with: Double(none)).min(dimension)
      // What was found before comes first among equals.
      index[range].assign((old .== new).or(ties .== 0).select(index[range], else: first))
    }
    old.assign(new)
  }

  /// The reduction's value, one number an anchor (or candidate).
  func result() -> Tensor {
    switch reduction.operation {
    case .sum: sum
    case .mean: sum / count.clamped(min: 1)
    case .count: count
    case .logSumExp: sum.log() + extreme.to(vectorType)
    case .max, .min: extreme.to(vectorType)
    case .indexOfMax, .indexOfMin: index
    }
  }

  // MARK: Backward

  /// What a pair's ∂*f*/∂*x*, times its weight in the sum, is multiplied with: ∂L/∂R over what R was divided by.
  func factor(_ seed: Tensor) -> Tensor {
    switch reduction.operation {
    case .sum: seed.to(type)
    case .mean: (seed / count.clamped(min: 1)).to(type)
    case .logSumExp, .max, .min: (sum .> 0).select(seed / sum, else: sum * 0).to(type)
    case .count, .indexOfMax, .indexOfMin: preconditionFailure("\(reduction.operation) has no gradient")
    }
  }

  /// ∂L/∂*x* of a tile, `[rows, columns]`.
  ///
  /// - Parameter factor: What `factor` made of ∂L/∂R.
  func coefficients(of tile: ComparedTile, factor: Tensor) -> Tensor {
    let arguments = tile.arguments(of: reduction)
    var result = tile.spread(factor, reduction.side)
    var mask = tile.mask(of: reduction)
    switch reduction.operation {
    case .logSumExp:
      let exponents = reduction.shape.value(arguments) - tile.spread(extreme, reduction.side)
      result = exponents.exp() * result
    case .max, .min:
      let attains = reduction.shape.value(arguments) .== tile.spread(extreme, reduction.side)
      mask = mask?.and(attains) ?? attains
    default: break
    }
    if let derivative = reduction.shape.derivative(arguments) { result = derivative * result }
    result = result.expanded(to: arguments.shape)
    return mask.map { result.filled(where: !$0, with: 0) } ?? result
  }
}
