import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

@Suite struct CenterLossTests {
  private let labels = Tensor(PeerData.classes)

  @Test func agreeWithMetricLearning() throws {
    let inputs = [PeerData.first, try Goldens("losses_softmax")["centres"]]
    try expectPeer("pml.softtriple", inputs) {
      SoftTripleLoss(centersPerClass: 2)($0[0], labels: labels, centers: $0[1])
    }
    try expectPeer("pml.subcenter", inputs) {
      SubCenterArcFaceLoss(centersPerClass: 2)($0[0], labels: labels, centers: $0[1])
    }
  }

  @Test(arguments: [(1, 2), (3, 1), (5, 3)])
  func agreeWithTheirDefinitions(classes: Int, perClass: Int) {
    let (x, w) = (randomRows(6, 4), randomRows(classes * perClass, 4, seed: 8))
    let y = (0..<6).map { ($0 * 5) % classes }
    let cosines = plainCosines(x, w)
    func loss(_ similarity: ([Double]) -> Double, own: (Double) -> Double) -> Double {
      naiveMean(
        (0..<6).map { i in
          let classes = (0..<classes).map { c in
            let s = similarity(Array(cosines[i][c * perClass..<(c + 1) * perClass]))
            return 6 * (c == y[i] ? own(s) : s)
          }
          return naiveLogSumExp(classes) - classes[y[i]]
        })
    }
    let soft = loss { s in
      let weights = s.map { Double.exp($0 / 0.2) }
      return zip(s, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    } own: {
      $0 - 0.05
    }
    expectClose(
      SoftTripleLoss(centersPerClass: perClass, scale: 6, gamma: 0.2, margin: 0.05)(x, labels: Tensor(y), centers: w),
      [soft], relative: 1e-12, absolute: 1e-12)
    let nearest = loss {
      $0.max()!
    } own: { cosine in
      let m = 20 * Double.pi / 180
      return cosine >= -Double.cos(m)
        ? cosine * Double.cos(m) - (1 - cosine * cosine).squareRoot() * Double.sin(m) : cosine - m * Double.sin(m)
    }
    expectClose(
      SubCenterArcFaceLoss(centersPerClass: perClass, margin: 20, scale: 6)(x, labels: Tensor(y), centers: w),
      [nearest], relative: 1e-12, absolute: 1e-12)
  }

  @Test func gradientsAgreeWithDifferences() {
    let inputs = [PeerData.first, randomRows(8, 5)]
    expectGradients(at: inputs) {
      SoftTripleLoss(centersPerClass: 2, scale: 3)($0[0], labels: labels, centers: $0[1])
    }
    expectGradients(at: inputs) {
      SubCenterArcFaceLoss(centersPerClass: 2, scale: 3)($0[0], labels: labels, centers: $0[1])
    }
  }

  @Test(arguments: [1, 13, 100_000])
  func tilesOfAnySizeGiveTheSame(elements: Int) {
    func run(_ size: Int?) -> [Tensor] {
      let variables = [PeerData.first.normalized(), randomRows(8, 5).normalized()].map { $0.asVariable() }
      var tiles = ClassTiles(rows: variables[0], centres: variables[1], labels: labels, perClass: 2) { $0.max(-1) * 4 }
      if let size { tiles.tileElements = size }
      let loss = tiles.logSumOfOthers().squared().sum()
      return [loss] + loss.gradients(of: variables).map { $0! }
    }
    for (ours, expected) in zip(run(elements), run(nil)) {
      expectClose(ours, expected, relative: 1e-12, absolute: 1e-13)
    }
  }

  @Test func oneCentreAClassIsArcFace() {
    let w = randomRows(3, 5)
    expectClose(
      SubCenterArcFaceLoss(centersPerClass: 1)(PeerData.first, labels: labels, centers: w),
      ArcFaceLoss()(PeerData.first, labels: labels, proxies: w), relative: 1e-12)
  }
}
