import Tensors

@testable import Kindred

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Every loss of the catalogue once more, as loops over plain numbers that follow the formula of its publication and
/// share nothing with the library: the oracles that `CatalogueTests` holds the catalogue to.
struct PlainLosses {
  typealias Rows = [[Double]]

  /// The arrays, and unit rows of them.
  let a, b, negatives, queue: Rows
  let labels: [Int]
  let pairs: [Double]
  let parameters: [String: Double]

  init(_ data: LossData, _ parameters: [String: Double]) {
    func plain(_ matrix: Tensor?) -> Rows {
      guard let matrix else { return [] }
      let (values, width) = (matrix.values(as: Double.self), matrix.shape[1])
      return (0..<matrix.shape[0]).map { Array(values[$0 * width..<($0 + 1) * width]) }
    }
    (a, b, negatives, queue) = (plain(data.a), plain(data.b), plain(data.negatives), plain(data.queue))
    labels = data.labels?.values(as: Int.self) ?? []
    pairs = data.pairs?.values(as: Double.self) ?? []
    self.parameters = parameters
  }

  /// A parameter's value.
  func p(_ name: String) -> Double { parameters[name]! }
  var n: Int { a.count }

  /// The loss of a name, or nil where nobody wrote it down here.
  static func loss(_ name: String, _ data: LossData, _ parameters: [String: Double]) -> Double? {
    let family = softmax[name] ?? pairs[name] ?? triplets[name] ?? classes[name] ?? proxies[name] ?? others[name]
    return family.map { $0(PlainLosses(data, parameters)) }
  }

  /// Anchors with their positives and negatives among the rows of `a`, by class.
  var anchors: [(row: Int, positives: [Int], negatives: [Int])] {
    (0..<n).map { i in
      let others = (0..<n).filter { $0 != i }
      return (i, others.filter { labels[$0] == labels[i] }, others.filter { labels[$0] != labels[i] })
    }
  }

  static let softmax: [String: @Sendable (PlainLosses) -> Double] = [
    "infonce": { l in
      let (c, x) = (l.a.map(unit), (l.b + l.negatives).map(unit))
      return mean(
        (0..<l.n).map { i in negativeLog(dot(c[i], x[i]), among: x.map { dot(c[i], $0) }, l.p("temperature")) })
    },
    "ntxent": { l in
      let z = (l.a + l.b).map(unit)
      return mean(
        z.indices.map { i in
          let all = z.indices.filter { $0 != i }.map { dot(z[i], z[$0]) }
          return negativeLog(dot(z[i], z[(i + l.n) % (2 * l.n)]), among: all, l.p("temperature"))
        })
    },
    "supcon": { l in
      let z = l.a.map(unit)
      return mean(
        l.anchors.map { i, positives, negatives in
          let all = (positives + negatives).map { dot(z[i], z[$0]) }
          return mean(positives.map { negativeLog(dot(z[i], z[$0]), among: all, l.p("temperature")) })
        })
    },
    "supcon-in": { l in
      let (z, t) = (l.a.map(unit), l.p("temperature"))
      return mean(
        l.anchors.map { i, positives, negatives in
          let own = mean(positives.map { exp(dot(z[i], z[$0]) / t) })
          return -log(own / (positives + negatives).reduce(0) { $0 + exp(dot(z[i], z[$1]) / t) })
        })
    },
    "clip": { l in
      let (x, y, t) = (l.a.map(unit), l.b.map(unit), 1 / l.p("scale"))
      return mean(
        x.indices.map { i in
          let own = dot(x[i], y[i])
          return
            (negativeLog(own, among: y.map { dot(x[i], $0) }, t)
            + negativeLog(own, among: x.map { dot($0, y[i]) }, t)) / 2
        })
    },
    "mnrl": { l in
      let (q, d) = (l.a.map(unit), (l.b + l.negatives).map(unit))
      return mean((0..<l.n).map { i in negativeLog(dot(q[i], d[i]), among: d.map { dot(q[i], $0) }, 1 / l.p("scale")) })
    },
    "moco": { l in
      let (q, k, old) = (l.a.map(unit), l.b.map(unit), l.queue.map(unit))
      return mean(
        q.indices.map { i in
          negativeLog(dot(q[i], k[i]), among: ([k[i]] + old).map { dot(q[i], $0) }, l.p("temperature"))
        })
    },
    "dcl": { l in l.decoupled { _ in 1 } },
    "dclw": { l in
      let agreement = zip(l.a.map(unit), l.b.map(unit)).map { exp(dot($0, $1) / l.p("sigma")) }
      return l.decoupled { 2 - agreement[$0] / mean(agreement) }
    },
    "debiased": { l in l.debiased(concentration: 0) },
    "hard-negatives": { l in l.debiased(concentration: l.p("concentration")) },
    "soft-nearest-neighbor": { l in
      let t = l.p("temperature")
      return mean(
        l.anchors.map { i, positives, negatives in
          func sum(_ rows: [Int]) -> Double { rows.reduce(0) { $0 + exp(-squared(l.a[i], l.a[$1]) / t) } }
          return -log(sum(positives) / sum(positives + negatives))
        })
    },
  ]

  /// DCL, with a weight for every example's agreement.
  private func decoupled(_ weight: (Int) -> Double) -> Double {
    let (z, t) = ((a + b).map(unit), p("temperature"))
    return mean(
      z.indices.map { i in
        let partner = (i + n) % (2 * n)
        let others = z.indices.filter { $0 != i && $0 != partner }
        return -weight(i % n) * dot(z[i], z[partner]) / t + log(others.reduce(0) { $0 + exp(dot(z[i], z[$1]) / t) })
      })
  }

  private func debiased(concentration beta: Double) -> Double {
    let (z, t, prior) = ((a + b).map(unit), p("temperature"), p("prior"))
    return mean(
      z.indices.map { i in
        let partner = (i + n) % (2 * n)
        let logits = z.indices.filter { $0 != i && $0 != partner }.map { dot(z[i], z[$0]) / t }
        let (k, positive) = (Double(logits.count), exp(dot(z[i], z[partner]) / t))
        let weights = logits.map { exp(beta * $0) }
        let sum = zip(logits, weights).reduce(0) { $0 + exp($1.0) * $1.1 / mean(weights) }
        return -log(positive / (positive + max((sum - k * prior * positive) / (1 - prior), k * exp(-1 / t))))
      })
  }

  static let proxies: [String: @Sendable (PlainLosses) -> Double] = [
    "normface": { l in l.classified(1 / l.p("temperature")) { $0 } },
    "cosface": { l in l.classified(l.p("scale")) { $0 - l.p("margin") } },
    "arcface": { l in l.classified(l.p("scale")) { cos(acos($0) + l.p("margin") * .pi / 180) } },
    "subcenter-arcface": { l in
      l.classified(l.p("scale"), { $0.max()! }) { cos(acos($0) + l.p("margin") * .pi / 180) }
    },
    "softtriple": { l in
      l.classified(
        l.p("scale"),
        { similarities in
          let weights = similarities.map { exp($0 / l.p("gamma")) }
          return zip(similarities, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
        }
      ) { $0 - l.p("margin") }
    },
    "proxynca": { l in
      let (x, w) = (l.a.map(unit), l.b.map(unit))
      return mean(
        x.indices.map { i in
          let terms = w.map { exp(-l.p("scale") * squared(x[i], $0)) }
          return -log(terms[l.labels[i]] / (terms.reduce(0, +) - terms[l.labels[i]]))
        })
    },
    "proxyanchor": { l in
      let (x, w, alpha, delta) = (l.a.map(unit), l.b.map(unit), l.p("scale"), l.p("margin"))
      var (near, far, withRows) = (0.0, 0.0, 0.0)
      for (c, proxy) in w.enumerated() {
        let own = x.indices.filter { l.labels[$0] == c }.map { exp(-alpha * (dot(x[$0], proxy) - delta)) }
        let other = x.indices.filter { l.labels[$0] != c }.map { exp(alpha * (dot(x[$0], proxy) + delta)) }
        if !own.isEmpty { (near, withRows) = (near + log(1 + own.reduce(0, +)), withRows + 1) }
        far += log(1 + other.reduce(0, +))
      }
      return near / withRows + far / Double(w.count)
    },
  ]

  /// Cross entropy over classes of one or more proxies each, which `mix` makes one similarity of; `shift` is for the own.
  private func classified(
    _ scale: Double, _ mix: ([Double]) -> Double = { $0[0] }, shift: (Double) -> Double
  ) -> Double {
    let (x, w, centers) = (a.map(unit), b.map(unit), Int(parameters["centers"] ?? 1))
    return mean(
      x.indices.map { i in
        var logits = (0..<w.count / centers).map { c in mix((0..<centers).map { dot(x[i], w[c * centers + $0]) }) }
        logits[labels[i]] = shift(logits[labels[i]])
        return negativeLog(logits[labels[i]], among: logits, 1 / scale)
      })
  }
}

func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
func squared(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
func euclidean(_ x: [Double], _ y: [Double]) -> Double { squared(x, y).squareRoot() }
func unit(_ x: [Double]) -> [Double] { x.map { $0 / dot(x, x).squareRoot() } }
func mean(_ x: [Double]) -> Double { x.isEmpty ? 0 : x.reduce(0, +) / Double(x.count) }

/// −log of the share of exp(own/t) among the exponentials of all.
func negativeLog(_ own: Double, among all: [Double], _ t: Double) -> Double {
  let high = all.max()! / t
  return high + log(all.reduce(0) { $0 + exp($1 / t - high) }) - own / t
}
