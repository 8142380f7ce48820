import Kindred

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension PlainLosses {
  static let classes: [String: @Sendable (PlainLosses) -> Double] = [
    "multisimilarity": { l in
      let (z, alpha, beta, base) = (l.a.map(unit), l.p("alpha"), l.p("beta"), l.p("base"))
      return mean(
        l.anchors.map { i, positives, negatives in
          let near = positives.reduce(1) { $0 + exp(-alpha * (dot(z[i], z[$1]) - base)) }
          let far = negatives.reduce(1) { $0 + exp(beta * (dot(z[i], z[$1]) - base)) }
          return log(near) / alpha + log(far) / beta
        })
    },
    "circle": { l in
      let (z, gamma, m) = (l.a.map(unit), l.p("scale"), l.p("margin"))
      return mean(
        l.anchors.map { i, positives, negatives in
          let near = positives.map { dot(z[i], z[$0]) }.map { -gamma * hinge(1 + m - $0) * ($0 - 1 + m) }
          let far = negatives.map { dot(z[i], z[$0]) }.map { gamma * hinge($0 + m) * ($0 - m) }
          return softplus(logSum(near) + logSum(far))
        })
    },
    "n-pair": { l in
      let squares = mean(zip(l.a, l.b).map { dot($0, $0) + dot($1, $1) })
      return mean((0..<l.n).map { i in negativeLog(dot(l.a[i], l.b[i]), among: l.b.map { dot(l.a[i], $0) }, 1) })
        + l.p("regularization") / 4 * squares
    },
    "lifted-structure": { l in
      func negatives(_ i: Int) -> Double {
        l.anchors[i].negatives.reduce(0) { $0 + exp(l.p("negative-margin") - euclidean(l.a[i], l.a[$1])) }
      }
      return mean(
        l.anchors.flatMap { i, positives, _ in
          positives.map { p in
            let loss = hinge(euclidean(l.a[i], l.a[p]) - l.p("positive-margin") + log(negatives(i) + negatives(p)))
            return loss * loss / 2
          }
        })
    },
    "generalized-lifted-structure": { l in
      mean(
        l.anchors.map { i, positives, negatives in
          let near = positives.reduce(0) { $0 + exp(euclidean(l.a[i], l.a[$1]) - l.p("positive-margin")) }
          let far = negatives.reduce(0) { $0 + exp(l.p("negative-margin") - euclidean(l.a[i], l.a[$1])) }
          return hinge(log(near) + log(far))
        })
    },
    "margin": { l in
      let (z, beta, m) = (l.a.map(unit), l.p("boundary"), l.p("margin"))
      let terms = l.anchors.flatMap { i, positives, negatives in
        positives.flatMap { p in
          negatives.flatMap {
            [hinge(euclidean(z[i], z[p]) - beta + m), hinge(beta - euclidean(z[i], z[$0]) + m)]
          }
        }
      }
      return terms.reduce(0, +) / Double(terms.count { $0 > 0 }) + l.p("regularization") * beta
    },
    "angular": { l in
      let (z, tangent) = (l.a.map(unit), tan(l.p("degrees") * .pi / 180))
      return mean(
        l.anchors.flatMap { i, positives, negatives in
          positives.map { p in
            let sum = negatives.reduce(1) {
              $0
                + exp(
                  4 * tangent * tangent * (dot(z[i], z[$1]) + dot(z[p], z[$1])) - 2 * (1 + tangent * tangent)
                    * dot(z[i], z[p]))
            }
            return log(sum)
          }
        })
    },
    "nca": { l in
      mean(
        l.anchors.map { i, positives, negatives in
          func sum(_ rows: [Int]) -> Double { rows.reduce(0) { $0 + exp(-l.p("scale") * squared(l.a[i], l.a[$1])) } }
          return -log(sum(positives) / sum(positives + negatives))
        })
    },
    "tuplet-margin": { l in
      let (z, s, slack) = (l.a.map(unit), l.p("scale"), l.p("degrees") * .pi / 180)
      return mean(
        l.anchors.flatMap { i, positives, negatives in
          positives.map { p in
            let own = s * cos(acos(dot(z[i], z[p])) - slack)
            return softplus(logSum(negatives.map { s * dot(z[i], z[$0]) - own }))
          }
        })
    },
    "intra-pair-variance": { l in
      let z = l.a.map(unit)
      let near = l.anchors.flatMap { i, positives, _ in positives.map { dot(z[i], z[$0]) } }
      let far = l.anchors.flatMap { i, _, negatives in negatives.map { dot(z[i], z[$0]) } }
      let (low, high) = ((1 - l.p("positive-tolerance")) * mean(near), (1 + l.p("negative-tolerance")) * mean(far))
      return mean(near.map { hinge(low - $0) * hinge(low - $0) })
        + mean(far.map { hinge($0 - high) * hinge($0 - high) })
    },
    "ranked-list": { l in
      let (z, m) = (l.a.map(unit), l.p("margin"))
      let radius = l.parameters["radius"] ?? 1 + m / 2
      func weighted(_ excess: [Double], _ temperature: Double) -> Double {
        let excess = excess.filter { $0 > 0 }
        let weights = excess.map { exp(temperature * $0) }
        return excess.isEmpty ? 0 : dot(excess, weights) / weights.reduce(0, +)
      }
      return mean(
        l.anchors.map { i, positives, negatives in
          let near = weighted(positives.map { euclidean(z[i], z[$0]) - (radius - m) }, l.p("positive-temperature"))
          let far = weighted(negatives.map { radius - euclidean(z[i], z[$0]) }, l.p("negative-temperature"))
          return (1 - l.p("balance")) * near + l.p("balance") * far
        })
    },
    "fast-ap": { l in
      let (z, bins) = (l.a.map(unit), Int(l.p("bins")))
      return mean(
        l.anchors.map { i, positives, negatives in
          func histogram(_ rows: [Int]) -> [Double] {
            softHistogram(rows.map { squared(z[i], z[$0]) }, from: 0, to: 4, bins: bins)
          }
          let (own, all) = (histogram(positives), histogram(positives + negatives))
          var (sum, ownSoFar, allSoFar) = (0.0, 0.0, 0.0)
          for k in 0...bins {
            (ownSoFar, allSoFar) = (ownSoFar + own[k], allSoFar + all[k])
            if allSoFar > 0 { sum += own[k] * ownSoFar / allSoFar }
          }
          return 1 - sum / Double(positives.count)
        })
    },
    "histogram": { l in
      let (z, bins) = (l.a.map(unit), Int(l.p("bins")))
      func shares(_ cosines: [Double]) -> [Double] {
        softHistogram(cosines, from: -1, to: 1, bins: bins).map { $0 / Double(cosines.count) }
      }
      let near = shares(l.anchors.flatMap { i, positives, _ in positives.map { dot(z[i], z[$0]) } })
      let far = shares(l.anchors.flatMap { i, _, negatives in negatives.map { dot(z[i], z[$0]) } })
      return (0...bins).reduce(0) { sum, r in sum + far[r] * near[...r].reduce(0, +) }
    },
  ]
}

private func softplus(_ x: Double) -> Double { max(x, 0) + log(1 + exp(-abs(x))) }

private func logSum(_ x: [Double]) -> Double {
  let high = x.max()!
  return high + log(x.reduce(0) { $0 + exp($1 - high) })
}

/// Numbers counted at the nodes between which they lie, the nearer one getting more.
private func softHistogram(_ values: [Double], from low: Double, to high: Double, bins: Int) -> [Double] {
  (0...bins).map { k in
    values.reduce(0) { $0 + hinge(1 - abs(($1 - low) / (high - low) * Double(bins) - Double(k))) }
  }
}
