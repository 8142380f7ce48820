import Basics
import Tensors

@testable import Losses

enum Candidate { case positive, negative, ignored }

/// A comparison as its definition says, in plain loops over `Double`.
struct NaiveComparison {
  /// `[N][M]`
  let logits: [[Double]]
  /// What candidate `k` is to anchor `i`.
  let kind: (_ i: Int, _ k: Int) -> Candidate

  init(
    _ anchors: Tensor, _ candidates: Tensor, similarity: Similarity = .dot, scale: Double = 1, bias: [Double] = [],
    kind: @escaping (_ i: Int, _ k: Int) -> Candidate
  ) {
    let (a, c) = (rows(of: anchors), rows(of: candidates))
    logits = a.map { x in
      c.enumerated().map { k, y in
        let products = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
        let squares = zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        let value =
          switch similarity {
          case .dot: products
          case .squaredDistance: squares
          case .distance: squares.squareRoot()
          }
        return scale * value + (bias.isEmpty ? 0 : bias[k])
      }
    }
    self.kind = kind
  }

  /// A reduction's vector.
  func reduced(_ reduction: Reduction) -> [Double] {
    let isByAnchor = reduction.side == .anchors
    let (count, others) = isByAnchor ? (logits.count, logits[0].count) : (logits[0].count, logits.count)
    return (0..<count).map { j in
      let set = (0..<others).filter { o in
        let (i, k) = isByAnchor ? (j, o) : (o, j)
        return contains(kind(i, k), reduction.pairs) && reduction.cuts.allSatisfy { passes(logits[i][k], $0, j) }
      }
      return reduce(set, reduction) { o in
        let (i, k) = isByAnchor ? (j, o) : (o, j)
        return f(reduction.function, logits[i][k], i, k, j)
      }
    }
  }

  private func contains(_ kind: Candidate, _ pairs: Reduction.Pairs) -> Bool {
    switch pairs {
    case .positives: kind == .positive
    case .negatives: kind == .negative
    case .compared: kind != .ignored
    }
  }

  private func passes(_ logit: Double, _ cut: Reduction.Cut, _ j: Int) -> Bool {
    func number(_ threshold: Reduction.Threshold) -> Double {
      switch threshold {
      case .number(let number): number
      case .each(let vector): vector.values(as: Double.self)[j]
      }
    }
    return switch cut {
    case .above(let t): logit > number(t)
    case .atLeast(let t): logit >= number(t)
    case .below(let t): logit < number(t)
    case .atMost(let t): logit <= number(t)
    }
  }

  private func f(_ function: ElementFunction, _ logit: Double, _ i: Int, _ k: Int, _ j: Int) -> Double {
    let offset: Double =
      switch function.offset {
      case .number(let number): number
      case .each(let vector): vector.values(as: Double.self)[j]
      case .logAddExp(let u, let v):
        Double.log(Double.exp(u.values(as: Double.self)[i]) + Double.exp(v.values(as: Double.self)[k]))
      }
    let x = function.slope * logit + offset
    switch function.shape {
    case .identity: return x
    case .softplus: return Double.log(1 + Double.exp(x))
    case .hinge: return x > 0 ? x : 0
    case .squaredHinge: return x > 0 ? x * x : 0
    case .selfWeighted(let factor, let optimum, let margin): return factor * max(x + optimum, 0) * (x + margin)
    }
  }

  private func reduce(_ set: [Int], _ reduction: Reduction, _ f: (Int) -> Double) -> Double {
    let values = set.map(f)
    switch reduction.operation {
    case .sum: return values.reduce(0, +)
    case .mean: return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    case .count: return Double(values.count)
    case .logSumExp:
      guard let largest = values.max() else { return -.infinity }
      return largest + Double.log(values.reduce(0) { $0 + Double.exp($1 - largest) })
    case .max: return values.max() ?? -.infinity
    case .min: return values.min() ?? .infinity
    case .indexOfMax: return Double(set.first { f($0) == values.max() } ?? -1)
    case .indexOfMin: return Double(set.first { f($0) == values.min() } ?? -1)
    }
  }
}

private func rows(of matrix: Tensor) -> [[Double]] {
  let (values, width) = (matrix.values(as: Double.self), matrix.shape[1])
  return (0..<matrix.shape[0]).map { Array(values[$0 * width..<($0 + 1) * width]) }
}

/// Reductions of every operation, over every set and on both sides, with every function, and with cuts.
///
/// - Parameters:
///   - anchors: One number an anchor.
///   - candidates: One number a candidate.
func allReductions(anchors: Tensor, candidates: Tensor) -> [Reduction] {
  var result: [Reduction] = []
  for side in [Reduction.Side.anchors, .candidates] {
    let vector = side == .anchors ? anchors : candidates
    let functions: [ElementFunction] = [
      .logit, .linear(-2, plus: 0.5), .softplus(-1), .softplus(1.5, plus: .each(vector)),
      .hinge(1, plus: .each(vector)),
      .squaredHinge(-1, plus: 0.3), ElementFunction(.selfWeighted(factor: 1.5, optimum: 0.4, margin: -0.4)),
      .softplus(-1, plus: .logAddExp(anchors: anchors, candidates: candidates)),
    ]
    for pairs in [Reduction.Pairs.positives, .negatives, .compared] {
      for f in functions {
        result += [
          .sum(f, over: pairs, per: side), .mean(f, over: pairs, per: side), .logSumExp(f, over: pairs, per: side),
          .max(f, over: pairs, per: side), .min(f, over: pairs, per: side),
        ]
      }
      result += [
        .count(over: pairs, per: side), .indexOfMax(over: pairs, per: side), .indexOfMin(over: pairs, per: side),
        .sum(.hinge(1, plus: 0.7), over: pairs, where: [.above(.each(vector))], per: side),
        .logSumExp(over: pairs, where: [.atMost(0.2), .atLeast(-1)], per: side),
        .count(over: pairs, where: [.below(.each(vector))], per: side),
        .max(over: pairs, where: [.below(.each(vector)), .above(-2)], per: side),
      ]
    }
  }
  return result
}
