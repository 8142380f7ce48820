import Kindred

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension PlainLosses {
  static let pairs: [String: @Sendable (PlainLosses) -> Double] = [
    "contrastive": { l in
      mean(
        l.a.indices.map { i in
          let (y, d) = (l.pairs[i], euclidean(l.a[i], l.b[i]))
          return y * d * d / 2 + (1 - y) * hinge(l.p("margin") - d) * hinge(l.p("margin") - d) / 2
        })
    },
    "online-contrastive": { l in
      let d = zip(l.a.map(unit), l.b.map(unit)).map { 1 - dot($0, $1) }
      let positives = d.indices.filter { l.pairs[$0] == 1 }.map { d[$0] }
      let negatives = d.indices.filter { l.pairs[$0] == 0 }.map { d[$0] }
      let near = positives.filter { $0 > negatives.min()! }.reduce(0) { $0 + $1 * $1 }
      return negatives.filter { $0 < positives.max()! }.reduce(near) {
        $0 + hinge(l.p("margin") - $1) * hinge(l.p("margin") - $1)
      }
    },
  ]

  static let triplets: [String: @Sendable (PlainLosses) -> Double] = [
    "triplet": { l in
      let (a, p, n) = (l.a.map(unit), l.b.map(unit), l.negatives.map(unit))
      return mean(a.indices.map { hinge(squared(a[$0], p[$0]) - squared(a[$0], n[$0]) + l.p("margin")) })
    },
    "batch-all-triplet": { l in
      let z = l.a.map(unit)
      return mean(
        l.anchors.flatMap { i, positives, negatives in
          positives.flatMap { p in
            negatives.map { hinge(euclidean(z[i], z[p]) - euclidean(z[i], z[$0]) + l.p("margin")) }
          }
        }.filter { $0 > 0 })
    },
    "batch-hard-triplet": { l in
      mean(
        l.anchors.map { i, positives, negatives in
          let far = positives.map { euclidean(l.a[i], l.a[$0]) }.max()!
          return hinge(far - negatives.map { euclidean(l.a[i], l.a[$0]) }.min()! + l.p("margin"))
        })
    },
    "batch-semi-hard-triplet": { l in
      let z = l.a.map(unit)
      return mean(
        l.anchors.flatMap { i, positives, negatives in
          let distances = negatives.map { squared(z[i], z[$0]) }
          return positives.map { p in
            let own = squared(z[i], z[p])
            return hinge(own - (distances.filter { $0 > own }.min() ?? distances.max()!) + l.p("margin"))
          }
        })
    },
    "quadruplet": { l in
      let (a, p) = (l.a.map(unit), l.b.map(unit))
      let (n, others) = (l.negatives.prefix(l.n).map(unit), l.negatives.suffix(l.n).map(unit))
      let weak = l.parameters["weak-margin"] ?? l.p("margin") / 2
      return mean(
        a.indices.map { i in
          let own = squared(a[i], p[i])
          return hinge(own - squared(a[i], n[i]) + l.p("margin")) + hinge(own - squared(others[i], n[i]) + weak)
        })
    },
  ]

  static let others: [String: @Sendable (PlainLosses) -> Double] = [
    "siglip": { l in
      let (x, y) = (l.a.map(unit), l.b.map(unit))
      return x.indices.reduce(0) { sum, i in
        sum
          + y.indices.reduce(0) { sum, k in
            let logit = l.p("scale") * dot(x[i], y[k]) + l.p("bias")
            return sum + log(1 + exp(i == k ? -logit : logit))
          }
      } / Double(l.n)
    },
    "nce": { l in
      let (x, y, noise) = (l.a.map(unit), l.b.map(unit), l.negatives.map(unit))
      let nu = Double(noise.count) / Double(l.n)
      // The area of the unit sphere in six dimensions is π³.
      let density = l.parameters["log-noise"] ?? -3 * log(.pi)
      func odds(_ cosine: Double) -> Double { l.p("scale") * cosine + l.p("bias") - density - log(nu) }
      let data = x.indices.reduce(0) { $0 + log(1 + exp(-odds(dot(x[$1], y[$1])))) }
      return noise.indices.reduce(data) { $0 + log(1 + exp(odds(dot(x[$1 % l.n], noise[$1])))) } / Double(l.n)
    },
    "cosent": { l in l.graded(zip(l.a.map(unit), l.b.map(unit)).map(dot)) },
    "angle": { l in
      l.graded(
        zip(l.a.map(unit), l.b.map(unit)).map { x, y in
          let half = x.count / 2
          // Re and Im of Σ x·ȳ, whose real parts are the first halves.
          let real = (0..<half).reduce(0) { $0 + x[$1] * y[$1] + x[half + $1] * y[half + $1] }
          let imaginary = (0..<half).reduce(0) { $0 + x[half + $1] * y[$1] - x[$1] * y[half + $1] }
          return abs(real + imaginary)
        })
    },
    "alignment": { l in
      mean(zip(l.a.map(unit), l.b.map(unit)).map { pow(euclidean($0, $1), l.p("power")) })
    },
    "uniformity": { l in
      let z = l.a.map(unit)
      return log(
        mean(
          z.indices.flatMap { i in
            z.indices.filter { $0 != i }.map { exp(-l.p("sharpness") * squared(z[i], z[$0])) }
          }))
    },
    "negative-cosine": { l in -mean(zip(l.a.map(unit), l.b.map(unit)).map(dot)) },
    "vicreg": { l in
      let width = l.a[0].count
      func covariances(_ rows: Rows) -> Rows {
        let centred = columns(rows).map { column in column.map { $0 - mean(column) } }
        return centred.map { x in centred.map { dot(x, $0) / Double(l.n - 1) } }
      }
      let distance = zip(l.a, l.b).reduce(0) { $0 + squared($1.0, $1.1) } / Double(l.n * width)
      var (spread, shared) = (0.0, 0.0)
      for c in [l.a, l.b].map(covariances) {
        for j in 0..<width {
          spread += hinge(1 - (c[j][j] + 1e-4).squareRoot()) / Double(width) / 2
          for k in 0..<width where k != j { shared += c[j][k] * c[j][k] / Double(width) }
        }
      }
      return l.p("invariance") * distance + l.p("variance") * spread + l.p("covariance") * shared
    },
    "barlow-twins": { l in
      func standard(_ rows: Rows) -> Rows {
        columns(rows).map { column in
          let centred = column.map { $0 - mean(column) }
          return centred.map { $0 / (dot(centred, centred) / Double(l.n) + 1e-5).squareRoot() }
        }
      }
      let (x, y) = (standard(l.a), standard(l.b))
      return x.indices.reduce(0) { sum, j in
        y.indices.reduce(sum) { sum, k in
          let c = dot(x[j], y[k]) / Double(l.n)
          return sum + (j == k ? (1 - c) * (1 - c) : l.p("redundancy-weight") * c * c)
        }
      }
    },
  ]

  /// log(1 + Σ over pairs of which the first has the lower grade of exp(λ·(its similarity − the other's))).
  private func graded(_ s: [Double]) -> Double {
    log(
      s.indices.reduce(1) { sum, i in
        s.indices.filter { pairs[i] < pairs[$0] }.reduce(sum) { $0 + exp(p("scale") * (s[i] - s[$1])) }
      })
  }
}

func hinge(_ x: Double) -> Double { max(0, x) }

private func columns(_ rows: [[Double]]) -> [[Double]] { rows[0].indices.map { j in rows.map { $0[j] } } }
