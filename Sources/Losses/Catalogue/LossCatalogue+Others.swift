import Basics
import Tensors

extension LossCatalogue {
  static let logistic: [LossEntry] = [
    LossEntry(SigLIPLoss.description, .pairs, comparing: { _ in .candidates }) { call in
      SigLIPLoss()(call.data.a, call.data.b!, scale: call.learned("scale"), bias: call.learned("bias"))
    },
    LossEntry(NoiseContrastiveLoss.description, .triplets, comparing: { _ in .noise }) { call in
      let (a, b) = (call.data.a.normalized(), call.data.b!.normalized())
      let scale = call.number("scale")
      let blocks = call.data.negativeBlocks
      let anchors = Tensor.concatenation(blocks.map { _ in a })
      let noise = (anchors * Tensor.concatenation(blocks).normalized()).sum(-1)
      let density = Tensor(
        call.optional("log-noise") ?? NoiseContrastiveLoss.logUniformDensity(on: call.data.a.shape[1]), type: a.type)
      return NoiseContrastiveLoss()(
        data: (a * b).sum(-1) * scale, noise: noise * scale, noiseDensityOfData: density, noiseDensityOfNoise: density,
        logNormalizer: call.learned("bias"))
    },
  ]

  static let proxies: [LossEntry] = [
    LossEntry(NormFaceLoss.description, .proxies, comparing: { _ in .proxies(1) }, check: oneProxyAClass) { call in
      NormFaceLoss(temperature: call.number("temperature"))(
        call.data.a, labels: call.data.labels!, proxies: call.data.b!)
    },
    LossEntry(CosFaceLoss.description, .proxies, comparing: { _ in .proxies(1) }, check: oneProxyAClass) { call in
      CosFaceLoss(margin: call.number("margin"), scale: call.number("scale"))(
        call.data.a, labels: call.data.labels!, proxies: call.data.b!)
    },
    LossEntry(
      ArcFaceLoss.description, .proxies, comparing: { _ in .proxies(1) }, limits: ["margin": .angle],
      check: oneProxyAClass
    ) { call in
      ArcFaceLoss(margin: call.number("margin"), scale: call.number("scale"))(
        call.data.a, labels: call.data.labels!, proxies: call.data.b!)
    },
    LossEntry(
      SubCenterArcFaceLoss.description, .proxies, comparing: { .proxies(Int($0.number("centers"))) },
      limits: ["margin": .angle]
    ) { call in
      try requireCenters(call)
      return SubCenterArcFaceLoss(
        centersPerClass: Int(call.number("centers")), margin: call.number("margin"), scale: call.number("scale"))(
          call.data.a, labels: call.data.labels!, centers: call.data.b!)
    },
    LossEntry(ProxyNCALoss.description, .proxies, comparing: { _ in .proxies(1) }, check: oneProxyAClass) { call in
      ProxyNCALoss(scale: call.number("scale"), semantics: call.semantics)(
        call.data.a, labels: call.data.labels!, proxies: call.data.b!)
    },
    LossEntry(ProxyAnchorLoss.description, .proxies, comparing: { _ in .proxyAnchors }, check: oneProxyAClass) { call in
      ProxyAnchorLoss(margin: call.number("margin"), scale: call.number("scale"))(
        call.data.a, labels: call.data.labels!, proxies: call.data.b!)
    },
    LossEntry(
      SoftTripleLoss.description, .proxies, comparing: { .proxies(Int($0.number("centers"))) }
    ) { call in
      try requireCenters(call)
      return SoftTripleLoss(
        centersPerClass: Int(call.number("centers")), scale: call.number("scale"), gamma: call.number("gamma"),
        margin: call.number("margin"))(call.data.a, labels: call.data.labels!, centers: call.data.b!)
    },
  ]

  static let graded: [LossEntry] = [
    LossEntry(CoSENTLoss.description, .gradedPairs, comparing: { _ in .gradedPairs }) { call in
      CoSENTLoss(scale: call.number("scale"))(call.data.a, call.data.b!, grades: call.data.pairs!)
    },
    LossEntry(AnglELoss.description, .gradedPairs, comparing: { _ in .gradedPairs }) { call in
      AnglELoss(scale: call.number("scale"))(call.data.a, call.data.b!, grades: call.data.pairs!)
    },
  ]

  static let regularity: [LossEntry] = [
    LossEntry(AlignmentLoss.description, .pairs, comparing: { _ in .partners }) { call in
      AlignmentLoss(power: call.number("power"))(call.data.a, call.data.b!)
    },
    LossEntry(UniformityLoss.description, .rows, comparing: { _ in .uniform }) { call in
      UniformityLoss(sharpness: call.number("sharpness"))(call.data.a)
    },
    LossEntry(VICRegLoss.description, .pairs, comparing: { _ in .partners }, check: twoExamples) { call in
      VICRegLoss(
        invariance: call.number("invariance"), variance: call.number("variance"),
        covariance: call.number("covariance"))(call.data.a, call.data.b!)
    },
    LossEntry(BarlowTwinsLoss.description, .pairs, comparing: { _ in .partners }, check: twoExamples) { call in
      BarlowTwinsLoss(redundancyWeight: call.number("redundancy-weight"))(call.data.a, call.data.b!)
    },
    LossEntry(NegativeCosineLoss.description, .pairs, comparing: { _ in .partners }) { call in
      NegativeCosineLoss()(call.data.a, call.data.b!)
    },
  ]

  /// Throws unless every label has a proxy.
  @Sendable private static func oneProxyAClass(_ data: LossData, _ paths: LossData.Paths) throws {
    try requireProxies(data, centers: 1, in: paths.labels ?? "labels")
  }

  private static func requireCenters(_ call: LossCall) throws {
    try requireProxies(call.data, centers: Int(call.number("centers")), in: "labels")
  }

  private static func requireProxies(_ data: LossData, centers: Int, in place: String) throws {
    guard let proxies = data.b, let labels = data.labels else { return }
    guard proxies.shape[0] % centers == 0 else {
      throw InputError(
        "\(proxies.shape[0]) centres are not \(centers) a class", remedy: "set --centers to how many a class has")
    }
    let (classes, high) = (proxies.shape[0] / centers, Int(labels.max().item()))
    guard high < classes else {
      throw InputError(in: place, "has the label \(high)", remedy: "there are proxies for 0 to \(classes - 1)")
    }
  }

  @Sendable private static func twoExamples(_ data: LossData, _ paths: LossData.Paths) throws {
    guard data.a.shape[0] > 1 else {
      throw InputError(in: paths.a, "has one row", remedy: "a variance takes two examples or more")
    }
  }
}
