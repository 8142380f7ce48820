/// What one step of a recipe has chosen.
public enum ViewStepParameters: Hashable, Sendable {
  /// A box, random or in the middle.
  case crop(Crop)
  /// A mirror image.
  case flip(RandomFlip.Flip)
  /// Other colours.
  case jitter(ColorChange)
  /// No colours.
  case grayscale(RandomGrayscale.Gray)
  /// A blur.
  case blur(RandomBlur.Blur)
  /// Inverted bright values.
  case solarize(RandomSolarize.Inversion)

  /// The choice itself.
  public var choice: any AugmentationParameters {
    switch self {
    case .crop(let choice): choice
    case .flip(let choice): choice
    case .jitter(let choice): choice
    case .grayscale(let choice): choice
    case .blur(let choice): choice
    case .solarize(let choice): choice
    }
  }

  /// The choice in a few words.
  public var words: String { choice.words }
}

extension ViewStepParameters: Codable {
  private enum Key: CodingKey { case kind }

  private enum Kind: String, Codable { case crop, flip, jitter, grayscale, blur, solarize }

  private var kind: Kind {
    switch self {
    case .crop: .crop
    case .flip: .flip
    case .jitter: .jitter
    case .grayscale: .grayscale
    case .blur: .blur
    case .solarize: .solarize
    }
  }

  /// Reads a choice.
  public init(from decoder: any Decoder) throws {
    switch try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .kind) {
    case .crop: self = .crop(try Crop(from: decoder))
    case .flip: self = .flip(try RandomFlip.Flip(from: decoder))
    case .jitter: self = .jitter(try ColorChange(from: decoder))
    case .grayscale: self = .grayscale(RandomGrayscale.Gray())
    case .blur: self = .blur(try RandomBlur.Blur(from: decoder))
    case .solarize: self = .solarize(try RandomSolarize.Inversion(from: decoder))
    }
  }

  /// Writes the choice.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    if case .grayscale = self { return }
    try choice.encode(to: encoder)
  }
}

/// All that a recipe has chosen for one view: θ. Applied to the same image it gives the same bytes.
///
/// Views share a choice when one's `steps[i]` is copied to the other's; everything else stays independent.
public struct ViewParameters: Hashable, Sendable, Codable {
  /// The choices of the recipe's steps, in their order; nil where a step leaves the image as it is.
  public var steps: [ViewStepParameters?]

  /// Creates parameters from the choices of all steps.
  public init(steps: [ViewStepParameters?]) {
    self.steps = steps
  }
}

extension ViewParameters: CustomStringConvertible {
  /// The choices in words, such as `crop 61×58 at 3,4 → 32; mirrored; gray`.
  public var description: String {
    steps.compactMap { $0?.words }.joined(separator: "; ")
  }
}
