import Basics
import Losses
import TestSupport
import Tensors
import Testing

@Suite struct NTXentLossTests {
  private let first = peerInput(6, 5, 0.37, 1.3)
  private let second = peerInput(6, 5, 0.41, 1.1)

  // Measured by running lightly 1.6.0 (equal to pytorch-metric-learning 2.9.0 and solo-learn at 0.5) in float64.
  @Test(arguments: [
    (0.5, 1.5716225436, 0.2867082421, 0.3211301740),
    (0.1, 2.3211155029, 1.3218554138, 1.4552721383),
    (0.07, 2.9424536365, 1.9313889460, 2.1156331565),
  ])
  func agreesWithPeers(temperature: Double, value: Double, firstNorm: Double, secondNorm: Double) {
    let (x, y) = (first.asVariable(), second.asVariable())
    let loss = NTXentLoss(temperature: temperature)(x, y)
    expectClose(loss, [value], relative: 0, absolute: 1e-9)
    let gradients = loss.gradients(of: [x, y])
    expectClose(gradients[0]!.norm(), [firstNorm], relative: 0, absolute: 1e-9)
    expectClose(gradients[1]!.norm(), [secondNorm], relative: 0, absolute: 1e-9)
  }

  @Test func everyElementOfTheGradientAgreesWithADenseLoss() throws {
    let goldens = try Goldens("losses")
    let views = [first, second, peerInput(6, 5, 0.29, 0.7)].map { $0.asVariable() }
    let loss = NTXentLoss(temperature: 0.2)(views)
    expectClose(loss, goldens["threeViews.loss"], relative: 1e-12)
    for (i, gradient) in loss.gradients(of: views).enumerated() {
      expectClose(gradient!, goldens["threeViews.gradient\(i)"], relative: 1e-9, absolute: 1e-12)
    }
  }

  @Test(arguments: [0.5, 0.001])
  func collapsedViewsGiveTheLogarithmOfTheirNumber(temperature: Double) {
    let row = Tensor([0.3, -1, 2] as [Float], shape: [1, 3]).expanded(to: [32, 3])
    let x = row.asVariable()
    let loss = NTXentLoss(temperature: temperature)(x, row)
    expectClose(loss, [Double.log(63)], relative: 1e-6)
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }

  @Test func zeroRowsAreFinite() {
    let x = Tensor.zeros([4, 3]).asVariable()
    let loss = NTXentLoss(temperature: 0.001)(x, first[0..<4].slice(0..<3, along: 1).to(.float32))
    #expect(loss.isFinite().all())
    #expect(loss.gradients(of: [x])[0]!.isFinite().all())
  }
}
