import Basics
public import Tensors

/// Noise-contrastive estimation: a model that is not normalised learns to tell data from noise, and its normaliser with it.
///
/// For data *x₁…x_N* and noise *y₁…y_M* drawn from a known density *pₙ*, with ν = *M*/*N*, a model
/// ln *p*(u) = ln *p*⁰(u) + *c* whose log-normaliser −*c* is a parameter like any other, and G(u) = ln *p*(u) − ln *pₙ*(u):
///
///     loss = −1/N · { Σₜ ln σ(G(xₜ) − ln ν) + Σₜ ln [1 − σ(G(yₜ) − ln ν)] }
///
/// This is the authors' objective with its sign turned. It differs from what is now called InfoNCE: every sample is
/// classified for itself, and the noise can have any density; with the right model, the least loss is where *p* is the
/// density of the data, normaliser and all.
///
/// Source: Gutmann, Hyvärinen. "Noise-Contrastive Estimation of Unnormalized Statistical Models, with Applications to
/// Natural Image Statistics." JMLR 13, 2012, equations 4 to 8, which has ν; "Noise-contrastive estimation: A new
/// estimation principle for unnormalized statistical models." AISTATS 2010, equations 2 and 3, has ν = 1.
/// <https://www.jmlr.org/papers/v13/gutmann12a.html>
public struct NoiseContrastiveLoss: Hashable, Sendable {
  /// Creates the loss.
  public init() {}

  /// Returns the loss of the model's log densities and the noise's.
  ///
  /// - Parameters:
  ///   - data: ln *p*⁰ at the data, `[N]`, without normaliser.
  ///   - noise: ln *p*⁰ at the noise samples, `[M]`; ν is *M*/*N*, and need not be whole.
  ///   - noiseDensityOfData: ln *pₙ* at the data, `[N]` or `[]`.
  ///   - noiseDensityOfNoise: ln *pₙ* at the noise samples, `[M]` or `[]`.
  ///   - logNormalizer: *c*, `[]`: a variable where it is learned, a constant where it is known; 0 where *p*⁰ is normalised.
  /// - Returns: A scalar, `[]`.
  public func callAsFunction(
    data: Tensor, noise: Tensor, noiseDensityOfData: Tensor, noiseDensityOfNoise: Tensor, logNormalizer: Tensor? = nil
  ) -> Tensor {
    precondition(
      data.rank == 1 && noise.rank == 1 && data.count > 0 && noise.count > 0,
      "log densities [N] and [M] expected, got \(data.shape) and \(noise.shape)")
    precondition(
      [[], data.shape].contains(noiseDensityOfData.shape) && [[], noise.shape].contains(noiseDensityOfNoise.shape),
      "noise densities for \(data.shape) and \(noise.shape) expected, got \(noiseDensityOfData.shape), "
        + "\(noiseDensityOfNoise.shape)")
    let logRatio = Double.log(Double(noise.count) / Double(data.count))
    func logOdds(_ model: Tensor, _ noiseDensity: Tensor) -> Tensor {
      let normalized = logNormalizer.map { model + $0 } ?? model
      return normalized.inLossPrecision() - noiseDensity - logRatio
    }
    // ln σ(u) = −log(1 + e⁻ᵘ), ln [1 − σ(u)] = −log(1 + eᵘ)
    let zero = Tensor(0, type: data.type == .float64 ? .float64 : .float32, on: data.device)
    let dataTerms = Tensor.logAddExp(-logOdds(data, noiseDensityOfData), zero)  // [N]
    let noiseTerms = Tensor.logAddExp(logOdds(noise, noiseDensityOfNoise), zero)  // [M]
    return (dataTerms.sum() + noiseTerms.sum()) / Double(data.count)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "nce", summary: "Tells data from samples of a known noise distribution",
    needs: [.triplets],
    formula:
      "−1/N · { Σ ln σ(G(x) − ln ν) + Σ ln [1 − σ(G(y) − ln ν)] }   G = ln p⁰ + c − ln pₙ, ν = noise samples a datum",
    source:
      "Gutmann, Hyvärinen. Noise-Contrastive Estimation. JMLR 13, 2012, <https://www.jmlr.org/papers/v13/gutmann12a.html>",
    parameters: [
      .init(
        "scale", standard: 1, "the factor of the cosines, of which ln p⁰ is made on a command line", origin: "none"),
      .init("bias", standard: 0, "the log-normaliser c, learned", origin: "none: a normalised model"),
      .init(
        "log-noise", standard: nil, "ln pₙ, the same everywhere: that of the uniform distribution on the unit sphere",
        origin: "none"),
    ])

  /// ln of the density of the uniform distribution on the unit sphere of a space, −ln of the sphere's area,
  /// 2·π^(*D*/2) / Γ(*D*/2).
  public static func logUniformDensity(on size: Int) -> Double {
    // Γ(D/2) by Γ(x + 1) = x·Γ(x) from Γ(½) = √π or Γ(1) = 1.
    var (x, logGamma) = size % 2 == 1 ? (0.5, 0.5 * Double.log(.pi)) : (1.0, 0.0)
    while x < Double(size) / 2 {
      logGamma += Double.log(x)
      x += 1
    }
    return logGamma - Double.log(2) - Double(size) / 2 * Double.log(.pi)
  }
}
