import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct SigLIPLossTests {
  private let inputs = [
    PeerData.first, PeerData.second, Tensor(10, type: .float64), Tensor(SigLIPLoss.initialBias, type: .float64),
  ]

  @Test func agreesWithOpenCLIP() throws {
    try expectPeer("openclip.siglip.learned", inputs) { SigLIPLoss()($0[0], $0[1], scale: $0[2], bias: $0[3]) }
    #expect(abs(Double.exp(SigLIPLoss.initialLogScale) - 10) < 1e-12)
  }

  @Test(arguments: [1, 5])
  func agreesWithTheDefinition(count: Int) {
    let (a, b) = (randomRows(count, 3), randomRows(count, 3, seed: 8))
    let cosines = plainCosines(a, b)
    var sum = 0.0
    for i in 0..<count {
      for k in 0..<count {
        let logit = 4 * cosines[i][k] - 1.5
        sum += Double.log(1 + Double.exp(i == k ? -logit : logit))
      }
    }
    let learned = [a, b, Tensor(Double.log(4), type: .float64), Tensor(-1.5, type: .float64)]
    let loss = SigLIPLoss()(a, b, logScale: learned[2], bias: learned[3])
    expectClose(loss, [sum / Double(count)], relative: 1e-12)
    expectGradients(at: learned) { SigLIPLoss()($0[0], $0[1], logScale: $0[2], bias: $0[3]) }
  }

  @Test func largeLogitsAreFinite() {
    let x = PeerData.first.to(.float32).asVariable()
    let loss = SigLIPLoss()(x, PeerData.second.to(.float32), scale: Tensor(1e4), bias: Tensor(-1e4))
    #expect(loss.isFinite().all())
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }
}
