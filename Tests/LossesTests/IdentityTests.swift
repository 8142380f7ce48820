import Basics
import Losses
import TestSupport
import Tensors
import Testing

/// What losses under different names have in common: values and gradients are the same, up to the factors given.
@Suite struct IdentityTests {
  private typealias Ranking = MultipleNegativesRankingLoss

  private let inputs = [PeerData.first, PeerData.second]
  private let labels = Tensor(PeerData.classes)

  /// Expects one loss to be `factor` times another, gradients too.
  private func expect(
    _ loss: (Tensor, Tensor) -> Tensor, is factor: Double = 1, times other: (Tensor, Tensor) -> Tensor,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let variables = inputs.map { $0.asVariable() }
    let (ours, theirs) = (loss(variables[0], variables[1]), other(variables[0], variables[1]) * factor)
    expectClose(ours, theirs, relative: 1e-12, absolute: 1e-13, "value", sourceLocation: sourceLocation)
    for (a, b) in zip(ours.gradients(of: variables), theirs.gradients(of: variables)) {
      if a == nil, b == nil { continue }
      expectClose(a!, b!, relative: 1e-9, absolute: 1e-12, "gradient", sourceLocation: sourceLocation)
    }
  }

  @Test func ntXentIsTheMeanOfBothRankings() {
    let ranking = Ranking(scale: 2, directions: [.queryToDocument, .queryToQuery])
    expect({ NTXentLoss(temperature: 0.5)($0, $1) }, times: { (ranking($0, $1) + ranking($1, $0)) / 2 })
  }

  @Test func theTensorFlowCodeOfSimCLRIsTwiceAsMuch() {
    expect({ NTXentLoss(semantics: .simclrTF)($0, $1) }, is: 2, times: { NTXentLoss()($0, $1) })
  }

  @Test func theCodeOfSupConScalesByTemperatures() {
    expect({ NTXentLoss(semantics: .supcontrast)($0, $1) }, is: 0.5 / 0.07, times: { NTXentLoss()($0, $1) })
  }

  @Test func supConWithoutLabelsIsNTXent() {
    expect({ SupConLoss(temperature: 0.5)([$0, $1]) }, times: { NTXentLoss()($0, $1) })
  }

  @Test func bothObjectivesOfSupConAreNTXentForTwoViewsWithoutLabels() {
    let instances = Tensor((0..<12).map { $0 % 6 })
    expect(
      { SupConInsideLoss(temperature: 0.5)(.concatenation([$0, $1]), labels: instances) },
      times: { NTXentLoss()($0, $1) })
  }

  @Test func clipIsARankingBothWays() {
    let ranking = Ranking(scale: 1 / 0.07, directions: .both, partition: .perDirection)
    let logScale = Tensor(CLIPLoss.initialLogScale, type: .float64)
    expect({ CLIPLoss()($0, $1, logScale: logScale) }, times: { ranking($0, $1) })
    expect(
      { CLIPLoss()($0, $1, logScale: logScale) }, is: 0.5, times: { InfoNCELoss()($0, $1) + InfoNCELoss()($1, $0) })
  }

  @Test func aRankingForwardIsInfoNCE() {
    expect({ Ranking(scale: 20)($0, $1) }, times: { InfoNCELoss(temperature: 0.05)($0, $1) })
  }

  @Test func infoNCEWithAQueueAndWithoutTheBatchIsMoCo() {
    // One query at a time has no other keys of its batch among its candidates.
    let queue = peerInput(4, 5, 0.53, 0.9)
    expect({ MoCoLoss()($0, $1, queue: queue) }, is: 1.0 / 6) { q, k in
      let parts = (0..<6).map { InfoNCELoss()(q[$0..<$0 + 1], k[$0..<$0 + 1], negatives: queue) }
      return parts.dropFirst().reduce(parts[0], +)
    }
  }

  @Test func debiasedWithoutAPriorIsNTXent() {
    expect({ DebiasedContrastiveLoss(prior: 0)($0, $1) }, times: { NTXentLoss()($0, $1) })
    expect(
      { HardNegativeLoss(prior: 0.1, concentration: 0)($0, $1) }, times: { DebiasedContrastiveLoss()($0, $1) })
  }

  @Test func softNearestNeighborsOfUnitRowsAreTheSumInside() {
    // −‖x − y‖²/T = 2·x·y/T − 2/T, whose constant is in numerator and denominator.
    expect(
      { x, _ in SoftNearestNeighborLoss(temperature: 0.2)(x.normalized(), labels: labels) },
      times: { x, _ in SupConInsideLoss(temperature: 0.1, semantics: .soloLearn)(x, labels: labels) })
  }

  @Test func neighbourhoodComponentsAreSoftNearestNeighbors() {
    expect(
      { x, _ in NCALoss(scale: 4)(x, labels: labels) },
      times: { x, _ in SoftNearestNeighborLoss(temperature: 0.25)(x, labels: labels) })
  }

  @Test func marginsOfZeroAndSingleCentresMakeOneClassifier() {
    let normFace = { (x: Tensor, w: Tensor) in NormFaceLoss(temperature: 1 / 8.0)(x, labels: labels, proxies: w) }
    expect({ CosFaceLoss(margin: 0, scale: 8)($0, labels: labels, proxies: $1) }, times: normFace)
    expect({ ArcFaceLoss(margin: 0, scale: 8)($0, labels: labels, proxies: $1) }, times: normFace)
    expect(
      { SubCenterArcFaceLoss(centersPerClass: 1, margin: 0, scale: 8)($0, labels: labels, centers: $1) },
      times: normFace)
    expect(
      { SoftTripleLoss(centersPerClass: 1, scale: 8, gamma: 0.1, margin: 0.2)($0, labels: labels, centers: $1) },
      times: { CosFaceLoss(margin: 0.2, scale: 8)($0, labels: labels, proxies: $1) })
  }

  @Test func alignmentIsTwoMinusTwiceTheCosine() {
    expect({ AlignmentLoss()($0, $1) }, is: 2, times: { NegativeCosineLoss()($0, $1) + 1 })
  }

  /// Every pair for itself against noise: SigLIP over a batch is N times the pairs' logistic loss.
  @Test func sigLIPIsNoiseContrastWithTheOtherPairsAsNoise() {
    let (scale, bias) = (Tensor(10, type: .float64), Tensor(-10, type: .float64))
    expect({ SigLIPLoss()($0, $1, scale: scale, bias: bias) }) { x, y in
      let logits = x.normalized().matrixProduct(y.normalized().transposed()) * 10 - 10
      let others = (0..<6).flatMap { i in (0..<6).filter { $0 != i }.map { i * 6 + $0 } }
      let zero = Tensor(0, type: .float64)
      // ν = 5 noise samples a pair, of density 1: ln ν is taken off the bias again.
      return NoiseContrastiveLoss()(
        data: logits.diagonal(), noise: logits.flattened().items(at: others), noiseDensityOfData: zero,
        noiseDensityOfNoise: zero, logNormalizer: Tensor(Double.log(5), type: .float64))
    }
  }
}
