public import Basics

/// Applies one of several augmentations.
public struct RandomChoice: Augmentation {
  /// `choice`.
  public static let kind = "choice"

  /// Among nothing: a recipe must name its options.
  public static let usual = RandomChoice([])

  /// What to choose among.
  public var options: [ViewStep]

  /// How likely each option is, in proportion; empty when all are equally likely.
  public var weights: [Double]

  /// Creates the augmentation.
  public init(_ options: [any Augmentation], weights: [Double] = []) {
    self.options = options.map { ViewStep($0) }
    self.weights = weights
  }

  /// Which option was taken, and what it chose.
  public struct Chosen: AugmentationParameters {
    /// `choice`.
    public static let kind = "choice"

    /// The option's number.
    public let option: Int

    /// Its own choice.
    public let parameters: ViewStepParameters

    /// Creates a choice.
    public init(option: Int, parameters: ViewStepParameters) {
      self.option = option
      self.parameters = parameters
    }

    /// Those of the option.
    public var words: String { parameters.words }

    /// The size after the option.
    public func size(after size: ImageSize) -> ImageSize { parameters.choice.size(after: size) }
  }

  /// What is wrong with the settings.
  public var problem: String? {
    if options.isEmpty { return "options names nothing to choose among" }
    if !weights.isEmpty {
      if weights.count != options.count { return "\(options.count) options take as many weights, not \(weights.count)" }
      if let wrong = weights.first(where: { !($0 >= 0 && $0.isFinite) }) {
        return "a weight is 0 or more, not \(wrong)"
      }
      if weights.allSatisfy({ $0 == 0 }) { return "all weights are 0" }
    }
    return options.lazy.compactMap(\.augmentation.problem).first
  }

  /// Chooses an option, and lets it choose; nil when it leaves the image as it is.
  public func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Chosen? {
    let weights = weights.isEmpty ? Array(repeating: 1, count: options.count) : weights
    var rest = stream.uniform() * weights.reduce(0, +)
    let option =
      weights.firstIndex { weight in
        rest -= weight
        return rest < 0
      } ?? weights.lastIndex { $0 > 0 }!  // a sum may be rounded up
    return options[option].sample(for: size, output: output, using: &stream).map {
      Chosen(option: option, parameters: $0)
    }
  }

  /// Applies the option.
  public func apply(_ parameters: Chosen, to image: Image) -> Image {
    options[parameters.option].apply(parameters.parameters, to: image)
  }
}
