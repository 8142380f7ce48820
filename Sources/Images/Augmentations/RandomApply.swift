public import Basics

/// Applies several augmentations, one after the other, with some probability; otherwise none of them.
public struct RandomApply: Augmentation {
  /// `apply`.
  public static let kind = "apply"

  /// Nothing, half of the time.
  public static let usual = RandomApply([])

  /// How often it happens.
  public var probability: Double

  /// What is applied, in this order.
  public var steps: [ViewStep]

  /// Creates the augmentation.
  public init(_ steps: [any Augmentation], probability: Double = 0.5) {
    self.steps = steps.map { ViewStep($0) }
    self.probability = probability
  }

  /// What the steps chose.
  public struct Applied: AugmentationParameters {
    /// `apply`.
    public static let kind = "apply"

    /// The choices, in the steps' order; nil where a step leaves the image as it is.
    public let steps: [ViewStepParameters?]

    /// Creates a choice.
    public init(steps: [ViewStepParameters?]) {
      self.steps = steps
    }

    /// Those of the steps.
    public var words: String { steps.compactMap { $0?.words }.joined(separator: "; ") }

    /// The size after all of them.
    public func size(after size: ImageSize) -> ImageSize {
      steps.reduce(size) { size, step in step?.choice.size(after: size) ?? size }
    }
  }

  /// What is wrong with the settings.
  public var problem: String? {
    steps.lazy.compactMap(\.augmentation.problem).first ?? Images.problem(withProbability: probability)
  }

  /// Chooses whether it happens, and then for every step.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Applied? {
    guard stream.chance(probability) else { return nil }
    return Applied(steps: steps.sample(for: size, output: output, using: &stream))
  }

  /// Applies the steps.
  public func apply(_ parameters: Applied, to image: Image) -> Image {
    steps.apply(parameters.steps, to: image)
  }
}

extension [ViewStep] {
  /// The choices of steps that follow one another, each for the size that the one before leaves.
  func sample(
    for size: ImageSize, output: ImageSize, using stream: inout RandomStream
  ) -> [ViewStepParameters?] {
    var current = size
    return map { step in
      let parameters = step.sample(for: current, output: output, using: &stream)
      if let parameters { current = parameters.choice.size(after: current) }
      return parameters
    }
  }

  /// The image after all steps.
  func apply(_ choices: [ViewStepParameters?], to image: Image) -> Image {
    precondition(choices.count == count, "\(count) steps take as many choices, got \(choices.count)")
    return zip(self, choices).reduce(image) { image, pair in
      pair.1.map { pair.0.apply($0, to: image) } ?? image
    }
  }
}
