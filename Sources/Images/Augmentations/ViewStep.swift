public import Basics

/// One step of a view recipe: one of the augmentations there are.
///
/// In JSON a step is its augmentation's settings with a `kind` beside them, and so are its parameters.
public enum ViewStep: Hashable, Sendable {
  /// A random box becomes the view.
  case crop(RandomResizedCrop)
  /// The middle becomes the view.
  case centerCrop(CenterCrop)
  /// Mirrors.
  case flip(RandomFlip)
  /// Changes colours.
  case jitter(ColorJitter)
  /// Takes colours away.
  case grayscale(RandomGrayscale)
  /// Blurs.
  case blur(RandomBlur)
  /// Inverts bright values.
  case solarize(RandomSolarize)

  /// The names of the steps in JSON.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case crop, centerCrop, flip, jitter, grayscale, blur, solarize
  }

  /// Which step it is.
  public var kind: Kind {
    switch self {
    case .crop: .crop
    case .centerCrop: .centerCrop
    case .flip: .flip
    case .jitter: .jitter
    case .grayscale: .grayscale
    case .blur: .blur
    case .solarize: .solarize
    }
  }

  /// The augmentation of the step.
  public var augmentation: any Augmentation {
    switch self {
    case .crop(let augmentation): augmentation
    case .centerCrop(let augmentation): augmentation
    case .flip(let augmentation): augmentation
    case .jitter(let augmentation): augmentation
    case .grayscale(let augmentation): augmentation
    case .blur(let augmentation): augmentation
    case .solarize(let augmentation): augmentation
    }
  }

  /// Chooses parameters; nil when the image shall be left as it is.
  public func sample(
    for size: ImageSize, output: ImageSize, using stream: inout RandomStream
  ) -> ViewStepParameters? {
    switch self {
    case .crop(let crop): crop.sample(for: size, output: output, using: &stream).map { .crop($0) }
    case .centerCrop(let crop): crop.sample(for: size, output: output, using: &stream).map { .crop($0) }
    case .flip(let flip): flip.sample(for: size, output: output, using: &stream).map { .flip($0) }
    case .jitter(let jitter): jitter.sample(for: size, output: output, using: &stream).map { .jitter($0) }
    case .grayscale(let gray): gray.sample(for: size, output: output, using: &stream).map { .grayscale($0) }
    case .blur(let blur): blur.sample(for: size, output: output, using: &stream).map { .blur($0) }
    case .solarize(let solarize): solarize.sample(for: size, output: output, using: &stream).map { .solarize($0) }
    }
  }

  /// Changes an image as parameters say that the same kind of step has chosen.
  public func apply(_ parameters: ViewStepParameters, to image: Image) -> Image {
    switch (self, parameters) {
    case (.crop(let crop), .crop(let choice)): crop.apply(choice, to: image)
    case (.centerCrop(let crop), .crop(let choice)): crop.apply(choice, to: image)
    case (.flip(let flip), .flip(let choice)): flip.apply(choice, to: image)
    case (.jitter(let jitter), .jitter(let choice)): jitter.apply(choice, to: image)
    case (.grayscale(let gray), .grayscale(let choice)): gray.apply(choice, to: image)
    case (.blur(let blur), .blur(let choice)): blur.apply(choice, to: image)
    case (.solarize(let solarize), .solarize(let choice)): solarize.apply(choice, to: image)
    default: preconditionFailure("parameters “\(parameters.words)” do not fit a step of kind \(kind.rawValue)")
    }
  }
}

extension ViewStep: Codable {
  private enum Key: CodingKey { case kind }

  /// Reads a step, and refuses settings that make no sense.
  public init(from decoder: any Decoder) throws {
    let kind = try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .kind)
    switch kind {
    case .crop: self = .crop(try RandomResizedCrop(from: decoder))
    case .centerCrop: self = .centerCrop(try CenterCrop(from: decoder))
    case .flip: self = .flip(try RandomFlip(from: decoder))
    case .jitter: self = .jitter(try ColorJitter(from: decoder))
    case .grayscale: self = .grayscale(try RandomGrayscale(from: decoder))
    case .blur: self = .blur(try RandomBlur(from: decoder))
    case .solarize: self = .solarize(try RandomSolarize(from: decoder))
    }
    if let problem = augmentation.problem {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: problem))
    }
  }

  /// Writes the step.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    try augmentation.encode(to: encoder)
  }
}
