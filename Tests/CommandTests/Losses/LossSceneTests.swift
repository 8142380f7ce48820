import TestSupport
import Tensors
import Testing

@testable import Kindred

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct LossSceneTests {
  /// The slope that a plot shows, and the loss, at a cosine.
  private func at(
    _ s: Double, _ name: String, _ numbers: [String: Double] = [:], hasNegatives: Bool = true
  ) throws -> (slope: Double, loss: Double) {
    let entry = try #require(LossCatalogue[name])
    let scene = LossScene(entry, hasNegatives: hasNegatives)
    var choices = LossEvaluation.Choices()
    choices.numbers = numbers
    let result = try LossEvaluation(of: entry, scene.data(similarity: s), choices)
    return (scene.slope(result.gradients, similarity: s), result.loss)
  }

  @Test func examplesStandAsTheWordsSay() {
    let data = LossScene(LossCatalogue["clip"]!, hasNegatives: true).data(similarity: -0.3)
    let cosines = data.a.matrixProduct(data.b!.transposed())
    expectClose(cosines.diagonal(), Tensor([Double](repeating: 0.7, count: 8)), relative: 0, absolute: 1e-12)
    expectClose(cosines[0][1], Tensor(-0.3, type: .float64), relative: 0, absolute: 1e-12)
    expectClose(cosines[0][2..<8], Tensor([Double](repeating: 0, count: 6)), relative: 0, absolute: 1e-12)
    expectClose((data.b! * data.b!).sum(1), Tensor([Double](repeating: 1, count: 8)), relative: 0, absolute: 1e-12)
    expectClose((data.a * data.a).sum(1), Tensor([Double](repeating: 1, count: 8)), relative: 0, absolute: 1e-12)
  }

  @Test(arguments: [-0.9, 0, 0.5, 0.95])
  func theSlopeOfASoftmaxIsTheNegativesShare(s: Double) throws {
    let e = [0.7, s, 0, 0, 0, 0, 0, 0].map { exp($0 / 0.2) }
    let expected = e[1] / e.reduce(0, +) / 0.2 / 8
    let infoNCE = try at(s, "infonce", ["temperature": 0.2]).slope
    #expect(abs(infoNCE - expected) < 1e-10)
    // A query alone with its queue: the same share, of one anchor.
    let moco = try at(s, "moco", ["temperature": 0.2]).slope
    #expect(abs(moco - 8 * expected) < 1e-10)
  }

  @Test(arguments: [-0.9, 0, 0.5, 0.95])
  func theSlopesOfOtherFamiliesAreTheirFormulas(s: Double) throws {
    let sigLIP = try at(s, "siglip").slope
    #expect(abs(sigLIP - 10 / (1 + exp(-(10 * s - 10))) / 8) < 1e-10)
    // |a/|a| − n/|n||² = 2 − 2·s, above the margin from s = 0.7 − 0.2/2.
    let triplet = try at(s, "triplet").slope
    #expect(abs(triplet - (s > 0.6 ? 2 : 0)) < 1e-10)
    // ½·mean over two pairs of max(0, m − d)², d = √(2 − 2·s): slope ½·(m − d)/d.
    let distance = (2 - 2 * s).squareRoot()
    let contrastive = try at(s, "contrastive", ["margin": 2]).slope
    #expect(abs(contrastive - (2 - distance) / distance / 2) < 1e-9)
    // A proxy's share of the softmax over classes.
    let e = [0.7, s, 0, 0, 0, 0, 0, 0].map { exp($0 / 0.05) }
    let normFace = try at(s, "normface").slope
    #expect(abs(normFace - e[1] / e.reduce(0, +) / 0.05 / 8) < 1e-9)
  }

  /// Where nothing but the one cosine moves, the slope is that of the curve of the loss.
  @Test(arguments: [
    "moco", "triplet", "contrastive", "nce", "quadruplet", "online-contrastive", "cosent", "uniformity",
  ])
  func theSlopeIsThatOfTheCurve(name: String) throws {
    for s in [-0.5, 0.25, 0.8] {
      let h = 1e-5
      let difference = try (at(s + h, name).loss - at(s - h, name).loss) / (2 * h)
      let slope = try at(s, name).slope
      #expect(abs(slope - difference) < 1e-6, "\(name) at \(s)")
    }
  }

  /// With pairs alone, the second row of one goes its way, and takes the variances of columns with it.
  @Test(arguments: ["alignment", "negative-cosine", "vicreg", "barlow-twins"])
  func theSlopeOfAMeetingPairIsThatOfTheCurve(name: String) throws {
    for s in [-0.5, 0.25, 0.8] {
      let h = 1e-5
      let difference =
        try (at(s + h, name, hasNegatives: false).loss - at(s - h, name, hasNegatives: false).loss) / (2 * h)
      #expect(try abs(at(s, name, hasNegatives: false).slope - difference) < 1e-6, "\(name) at \(s)")
    }
  }
}
