public import Basics

/// Blurs the image with a Gaussian with some probability.
///
/// σ is uniform, drawn anew for every view (google-research/simclr draws one for a whole batch). Beyond its edge the
/// image goes on with the colour of the edge (google-research/simclr has black there).
public struct RandomBlur: Augmentation {
  /// Where the Gaussian is cut off.
  public enum Extent: String, Hashable, Sendable, Codable {
    /// The kernel is a tenth of the image's height wide, rounded down to an odd number: google-research/simclr.
    case tenthOfHeight
    /// At 4σ, where nothing is left: Pillow, and so torchvision-based recipes.
    case fourSigma
  }

  /// How often it happens.
  public var probability: Double

  /// The standard deviation in pixels.
  public var sigma: ClosedRange<Double>

  /// Where the Gaussian is cut off.
  public var extent: Extent

  /// Creates the augmentation.
  public init(probability: Double = 0.5, sigma: ClosedRange<Double> = 0.1...2, extent: Extent = .fourSigma) {
    self.probability = probability
    self.sigma = sigma
    self.extent = extent
  }

  /// How the image was blurred.
  public struct Blur: AugmentationParameters {
    /// The standard deviation in pixels.
    public let sigma: Double

    /// How many pixels count on either side.
    public let radius: Int

    /// Creates a choice.
    public init(sigma: Double, radius: Int) {
      self.sigma = sigma
      self.radius = radius
    }

    /// Such as `blur 1.3`.
    public var words: String { "blur \(sigma.rounded(decimals: 1))" }
  }

  /// What is wrong with the settings.
  public var problem: String? {
    if sigma.lowerBound <= 0 || sigma.upperBound > 1000 {
      return "a blur's sigma is above 0 and at most 1000, not \(sigma)"
    }
    return Images.problem(withProbability: probability)
  }

  /// Chooses whether to blur, and how much.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Blur? {
    guard stream.chance(probability) else { return nil }
    let sigma = stream.uniform(in: sigma)
    let visible = Int((4 * sigma).rounded(.up))
    return Blur(sigma: sigma, radius: extent == .fourSigma ? visible : min(visible, size.height / 10 / 2))
  }

  /// Blurs the image.
  public func apply(_ parameters: Blur, to image: Image) -> Image {
    image.blurred(sigma: parameters.sigma, radius: parameters.radius)
  }
}
