import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct ProxyLossTests {
  private let labels = Tensor(PeerData.classes)

  /// Three proxies, and four, of which the last has no row.
  private func proxies(_ count: Int) throws -> Tensor {
    try Goldens("losses_softmax")[count == 3 ? "proxies" : "proxies4"]
  }

  private func expect(_ name: String, _ loss: (_ x: Tensor, _ w: Tensor) -> Tensor) throws {
    try expectPeer("pml.\(name)", [PeerData.first, try proxies(3)]) { loss($0[0], $0[1]) }
    try expectPeer("pml.\(name).absent", [PeerData.first, try proxies(4)]) { loss($0[0], $0[1]) }
  }

  @Test func agreeWithMetricLearning() throws {
    try expect("proxynca") { ProxyNCALoss(semantics: .pml)($0, labels: labels, proxies: $1) }
    try expect("proxyanchor") { ProxyAnchorLoss()($0, labels: labels, proxies: $1) }
    try expect("normface") { NormFaceLoss()($0, labels: labels, proxies: $1) }
    try expect("cosface") { CosFaceLoss()($0, labels: labels, proxies: $1) }
    try expect("arcface") { ArcFaceLoss()($0, labels: labels, proxies: $1) }
    try expectPeer("pml.arcface.wide", [PeerData.first, try proxies(3)]) {
      ArcFaceLoss(margin: 100)($0[0], labels: labels, proxies: $0[1])
    }
  }

  /// The cross entropy over classes of logits in plain loops.
  private func naive(_ logits: [[Double]], _ labels: [Int]) -> Double {
    naiveMean(zip(logits, labels).map { row, label in naiveLogSumExp(row) - row[label] })
  }

  @Test(arguments: [1, 2, 5])
  func agreeWithTheirDefinitions(classes: Int) {
    let (x, w) = (randomRows(7, 4), randomRows(classes, 4, seed: 8))
    let y = (0..<7).map { ($0 * 3) % classes }
    let cosines = plainCosines(x, w)
    func changed(_ own: (Double) -> Double) -> [[Double]] {
      cosines.enumerated().map { i, row in
        row.enumerated().map { c, cosine in 8 * (c == y[i] ? own(cosine) : cosine) }
      }
    }
    let labels = Tensor(y)
    expectClose(
      NormFaceLoss(temperature: 1 / 8)(x, labels: labels, proxies: w), [naive(changed { $0 }, y)], relative: 1e-12,
      absolute: 1e-12)
    expectClose(
      CosFaceLoss(margin: 0.2, scale: 8)(x, labels: labels, proxies: w), [naive(changed { $0 - 0.2 }, y)],
      relative: 1e-12, absolute: 1e-12)
    let margin = 40 * Double.pi / 180
    let arc = changed { cosine in
      let sine = (1 - cosine * cosine).squareRoot()
      return cosine >= -Double.cos(margin)
        ? cosine * Double.cos(margin) - sine * Double.sin(margin) : cosine - margin * Double.sin(margin)
    }
    expectClose(
      ArcFaceLoss(margin: 40, scale: 8)(x, labels: labels, proxies: w), [naive(arc, y)], relative: 1e-12,
      absolute: 1e-12)
    guard classes > 1 else { return }
    let nca = (0..<7).map { i in
      naiveLogSumExp((0..<classes).filter { $0 != y[i] }.map { 6 * cosines[i][$0] }) - 6 * cosines[i][y[i]]
    }
    expectClose(ProxyNCALoss(scale: 3)(x, labels: labels, proxies: w), [naiveMean(nca)], relative: 1e-12)
  }

  @Test func proxyAnchorAgreesWithItsDefinition() {
    let (x, w) = (randomRows(7, 4), randomRows(4, 4, seed: 8))
    let y = [0, 1, 1, 0, 2, 2, 1]  // class 3 has no row
    let cosines = plainCosines(w, x)
    var (pull, push) = (0.0, 0.0)
    for p in 0..<4 {
      pull += Double.log(1 + (0..<7).filter { y[$0] == p }.reduce(0) { $0 + Double.exp(-5 * (cosines[p][$1] - 0.2)) })
      push += Double.log(1 + (0..<7).filter { y[$0] != p }.reduce(0) { $0 + Double.exp(5 * (cosines[p][$1] + 0.2)) })
    }
    expectClose(
      ProxyAnchorLoss(margin: 0.2, scale: 5)(x, labels: Tensor(y), proxies: w), [pull / 3 + push / 4], relative: 1e-12)
  }

  @Test func gradientsAgreeWithDifferences() throws {
    let inputs = [PeerData.first, try proxies(4)]
    expectGradients(at: inputs) { NormFaceLoss(temperature: 0.3)($0[0], labels: labels, proxies: $0[1]) }
    expectGradients(at: inputs) { CosFaceLoss(scale: 3)($0[0], labels: labels, proxies: $0[1]) }
    expectGradients(at: inputs) { ArcFaceLoss(margin: 100, scale: 3)($0[0], labels: labels, proxies: $0[1]) }
    expectGradients(at: inputs) { ProxyNCALoss()($0[0], labels: labels, proxies: $0[1]) }
    expectGradients(at: inputs) { ProxyAnchorLoss(scale: 3)($0[0], labels: labels, proxies: $0[1]) }
  }

  @Test func metricLearningsProxyNCAIsNormFace() throws {
    let w = try proxies(4)
    expectClose(
      ProxyNCALoss(scale: 4, semantics: .pml)(PeerData.first, labels: labels, proxies: w),
      NormFaceLoss(temperature: 1 / 8)(PeerData.first, labels: labels, proxies: w), relative: 1e-12)
  }

  @Test func withoutAMarginFacesAreOne() throws {
    let w = try proxies(3)
    let plain = NormFaceLoss(temperature: 1 / 64)(PeerData.first, labels: labels, proxies: w)
    expectClose(CosFaceLoss(margin: 0)(PeerData.first, labels: labels, proxies: w), plain, relative: 1e-12)
    expectClose(ArcFaceLoss(margin: 0)(PeerData.first, labels: labels, proxies: w), plain, relative: 1e-12)
  }

  @Test func rowsOnTheirProxiesHaveFiniteGradients() {
    let x = Tensor.identity(4).asVariable()
    let loss = ArcFaceLoss()(x, labels: .range(0..<4), proxies: .identity(4))
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }

  @Test func labelsWithoutAProxyTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = NormFaceLoss()(.ones([2, 3]), labels: Tensor([0, 2]), proxies: .ones([2, 3]))
    }
  }
}
