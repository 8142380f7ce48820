import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct TripletLossTests {
  private let triplet = [PairGoldens.first, PairGoldens.second, PairGoldens.second.rolled(1)]

  private func naive(_ loss: TripletLoss, d: ([Double], [Double]) -> Double) -> [Double] {
    let rows = triplet.map(plainRows)
    return (0..<6).map { i in
      let (a, p, n) = (rows[0][i], rows[1][i], rows[2][i])
      let v = d(a, p) - (loss.swap ? min(d(a, n), d(p, n)) : d(a, n)) + loss.margin
      return loss.hinge == .hard ? max(0, v) : Double.log(1 + Double.exp(v))
    }
  }

  @Test(arguments: TripletLoss.Hinge.allCases, [false, true])
  func agreesWithTheDefinition(hinge: TripletLoss.Hinge, swap: Bool) {
    for averaging in LossAveraging.allCases {
      let loss = TripletLoss(margin: 0.3, distance: .euclidean, hinge: hinge, swap: swap, averaging: averaging)
      let losses = naive(loss, d: euclidean)
      let expected =
        switch averaging {
        case .all: mean(losses)
        case .nonZero: mean(losses.filter { $0 > 0 })
        case .sum: losses.reduce(0, +)
        }
      expectClose(loss(triplet[0], triplet[1], triplet[2]), [expected], relative: 1e-12, "\(averaging)")
      expectGradients(at: triplet) { loss($0[0], $0[1], $0[2]) }
    }
  }

  @Test func theDefaultIsFaceNets() {
    let loss = TripletLoss()
    let losses = naive(loss) { x, y in
      2 - 2 * dot(unit(x), unit(y))
    }
    expectClose(loss(triplet[0], triplet[1], triplet[2]), [mean(losses)], relative: 1e-12)
  }

  @Test func agreesWithSentenceTransformers() throws {
    let variables = triplet[0..<2].map { $0.asVariable() }
    let value = TripletLoss.sentenceTransformers(variables[0], variables[1], variables[1].rolled(1))
    expectClose(value, [3.8414726731], relative: 0, absolute: 1e-9)
    let gradients = value.gradients(of: variables)
    expectClose(gradients[0]!.norm(), [0.6781473938], relative: 0, absolute: 1e-9)
    expectClose(gradients[1]!.norm(), [0.7096608278], relative: 0, absolute: 1e-9)
    for (name, distance) in [("euclidean", PairDistance.euclidean), ("cosine", .cosine), ("manhattan", .manhattan)] {
      for (word, margin) in [("5", 5.0), ("0.1", 0.1)] {
        // The library's own distances of rows add 10⁻⁶ to every difference for this one.
        try PairGoldens.expect("st.triplet.\(name).\(word)", at: triplet, relative: name == "cosine" ? 1e-9 : 1e-5) {
          TripletLoss(margin: margin, distance: distance)($0[0], $0[1], $0[2])
        }
      }
    }
  }

  @Test func aSoftMarginNeitherOverflowsNorRoundsToZero() {
    let (a, far) = (Tensor([0] as [Double], shape: [1, 1]), Tensor([1000] as [Double], shape: [1, 1]))
    let loss = TripletLoss(margin: 0, distance: .euclidean, hinge: .soft)
    expectClose(loss(a, far, a), [1000], relative: 1e-15)
    expectClose(loss(a, a, far / 25), [Double.exp(-40)], relative: 1e-12, absolute: 0)
  }

  @Test func noTripletsCostNothing() {
    let none = Tensor.zeros([0, 3])
    for averaging in LossAveraging.allCases {
      #expect(TripletLoss(averaging: averaging)(none, none, none).item() == 0)
    }
  }
}
