public import Basics

/// Blurs the image with a Gaussian with some probability.
///
/// σ is uniform, drawn anew for every view (google-research/simclr draws one for a whole batch). Beyond its edge the
/// image goes on with the colour of the edge (google-research/simclr has black there).
public struct RandomBlur: Augmentation {
  /// How the Gaussian is made.
  public enum Method: String, Hashable, Sendable, Codable {
    /// Sampled, and a tenth of the image's height wide, rounded down to an odd number: google-research/simclr.
    case tenthOfHeight
    /// Three boxes: Pillow, and so most recipes for torchvision.
    case boxes
  }

  /// How often it happens.
  public var probability: Double

  /// The standard deviation in pixels.
  public var sigma: ClosedRange<Double>

  /// How the Gaussian is made.
  public var method: Method

  /// Creates the augmentation.
  public init(probability: Double = 0.5, sigma: ClosedRange<Double> = 0.1...2, method: Method = .boxes) {
    self.probability = probability
    self.sigma = sigma
    self.method = method
  }

  /// How the image was blurred.
  public struct Blur: AugmentationParameters {
    /// The standard deviation in pixels.
    public let sigma: Double

    /// The shape that stands for the Gaussian.
    public let kernel: BlurKernel

    /// Creates a choice.
    public init(sigma: Double, kernel: BlurKernel) {
      self.sigma = sigma
      self.kernel = kernel
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
    switch method {
    case .boxes:
      return Blur(sigma: sigma, kernel: .boxes)
    case .tenthOfHeight:
      // Nothing is left of the Gaussian beyond 4σ.
      return Blur(sigma: sigma, kernel: .sampled(radius: min(size.height / 10 / 2, Int((4 * sigma).rounded(.up)))))
    }
  }

  /// Blurs the image.
  public func apply(_ parameters: Blur, to image: Image) -> Image {
    image.blurred(sigma: parameters.sigma, kernel: parameters.kernel)
  }
}
