public import Basics

/// Changes brightness, contrast, saturation and hue by random amounts, in random order, with some probability.
///
/// A strength *x* of one of the first three means a factor uniform in max(0, 1 − *x*) … 1 + *x*; a strength *x* of
/// hue a turn uniform in −*x* … *x* of the circle. Values are cut to 0 … 255 after every change.
///
/// Source: Chen et al. "A Simple Framework for Contrastive Learning of Visual Representations." ICML 2020,
/// appendix A, with brightness multiplied as in its second version and in torchvision's `ColorJitter`.
public struct ColorJitter: Augmentation {
  /// `jitter`.
  public static let kind = "jitter"

  /// SimCLR's on ImageNet.
  public static let usual = ColorJitter(brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.2)

  /// How often it happens.
  public var probability: Double

  /// The strength of changes of brightness.
  public var brightness: Double

  /// The strength of changes of contrast.
  public var contrast: Double

  /// The strength of changes of saturation.
  public var saturation: Double

  /// The strength of changes of hue, at most a half.
  public var hue: Double

  /// Creates the augmentation.
  public init(probability: Double = 0.8, brightness: Double, contrast: Double, saturation: Double, hue: Double) {
    self.probability = probability
    self.brightness = brightness
    self.contrast = contrast
    self.saturation = saturation
    self.hue = hue
  }

  /// What is wrong with the settings.
  public var problem: String? {
    for strength in [brightness, contrast, saturation] where !(0...100).contains(strength) {
      return "a strength of colour jitter is 0 … 100, not \(strength)"
    }
    if !(0...0.5).contains(hue) { return "the strength of changes of hue is 0 … 0.5, not \(hue)" }
    return Images.problem(withProbability: probability)
  }

  /// Chooses whether to change colours, how much, and in which order.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> ColorChange? {
    guard stream.chance(probability) else { return nil }
    func factor(_ strength: Double) -> Double { stream.uniform(in: max(0, 1 - strength)...1 + strength) }
    return ColorChange(
      brightness: factor(brightness), contrast: factor(contrast), saturation: factor(saturation),
      hue: stream.uniform(in: -hue...hue),
      order: stream.permutation(of: 4).map { ColorChange.Part.allCases[$0] })
  }

  /// Changes the colours.
  public func apply(_ parameters: ColorChange, to image: Image) -> Image {
    var result = image
    result.apply(
      parameters.order.map { part in
        switch part {
        case .brightness: .brightness(parameters.brightness)
        case .contrast: .contrast(parameters.contrast)
        case .saturation: .saturation(parameters.saturation)
        case .hue: .hue(parameters.hue)
        }
      })
    return result
  }
}

/// How colours were changed.
public struct ColorChange: AugmentationParameters {
  /// `jitter`.
  public static let kind = "jitter"

  /// One of the four changes.
  public enum Part: String, Hashable, Sendable, Codable, CaseIterable {
    /// Multiplies values.
    case brightness
    /// Moves values away from the image's mean.
    case contrast
    /// Moves pixels away from their gray.
    case saturation
    /// Turns colours around the circle.
    case hue
  }

  /// The factor of brightness; 1 changes nothing.
  public let brightness: Double

  /// The factor of contrast; 1 changes nothing.
  public let contrast: Double

  /// The factor of saturation; 1 changes nothing.
  public let saturation: Double

  /// The turn of the hue as a part of the circle; 0 changes nothing.
  public let hue: Double

  /// The changes in the order in which they are made; one that is missing is not made.
  public let order: [Part]

  /// Creates a choice.
  public init(
    brightness: Double = 1, contrast: Double = 1, saturation: Double = 1, hue: Double = 0,
    order: [Part] = Part.allCases
  ) {
    self.brightness = brightness
    self.contrast = contrast
    self.saturation = saturation
    self.hue = hue
    self.order = order
  }

  /// Such as `brightness ×1.20, hue +0.08`, in the order in which the changes are made.
  public var words: String {
    order.map { part in
      switch part {
      case .brightness: "brightness ×\(brightness.rounded(decimals: 2))"
      case .contrast: "contrast ×\(contrast.rounded(decimals: 2))"
      case .saturation: "saturation ×\(saturation.rounded(decimals: 2))"
      case .hue: "hue \(hue < 0 ? "" : "+")\(hue.rounded(decimals: 2))"
      }
    }.joined(separator: ", ")
  }
}
