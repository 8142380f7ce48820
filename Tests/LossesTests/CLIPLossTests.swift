import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct CLIPLossTests {
  private let images = peerInput(6, 5, 0.37, 1.3)
  private let texts = peerInput(6, 5, 0.41, 1.1)

  @Test func agreesWithOpenCLIP() throws {
    // Loss and norms: open_clip 89fb801 in float64. Elements: a dense loss, differentiated by PyTorch.
    let goldens = try Goldens("losses")
    let inputs = [images, texts, Tensor(CLIPLoss.initialLogScale, type: .float64)].map { $0.asVariable() }
    let loss = CLIPLoss()(inputs[0], inputs[1], logScale: inputs[2])
    expectClose(loss, [2.1759535316], relative: 0, absolute: 1e-9)
    let gradients = loss.gradients(of: inputs)
    expectClose(gradients[0]!.norm(), [1.8372795785], relative: 0, absolute: 1e-9)
    expectClose(gradients[1]!.norm(), [1.4494286009], relative: 0, absolute: 1e-9)
    expectClose(loss, goldens["clip.loss"], relative: 1e-12)
    for (i, gradient) in gradients.enumerated() {
      expectClose(gradient!, goldens["clip.gradient\(i)"], relative: 1e-9, absolute: 1e-12)
    }
  }

  @Test func scalesAreThePapers() {
    #expect(abs(Double.exp(CLIPLoss.initialLogScale) - 1 / 0.07) < 1e-9)
    #expect(abs(Double.exp(CLIPLoss.largestLogScale) - 100) < 1e-9)
  }

  @Test func equalPairsGiveTheLogarithmOfTheirNumber() {
    let row = Tensor([1, 2] as [Float], shape: [1, 2]).expanded(to: [10, 2])
    expectClose(CLIPLoss()(row, row, logScale: Tensor(4.6)), [Double.log(10)], relative: 1e-6)
  }

  @Test func textsThatAllImagesShareLeaveNothingToTell() {
    let sharing = IgnoredPairs(candidates: [Int](repeating: 0, count: 6), anchors: [[Int]](repeating: [0], count: 6))
    expectClose(CLIPLoss()(images, texts, logScale: Tensor(2.0), sharing: sharing), [0], absolute: 1e-12)
    let none = IgnoredPairs(candidates: Array(0..<6), anchors: (0..<6).map { [$0] })
    expectClose(
      CLIPLoss()(images, texts, logScale: Tensor(2.0), sharing: none), CLIPLoss()(images, texts, logScale: Tensor(2.0)),
      relative: 1e-12)
  }
}
