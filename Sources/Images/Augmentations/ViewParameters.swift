/// What one step of a recipe has chosen: the parameters of any augmentation.
public struct ViewStepParameters: Hashable, Sendable {
  /// The choice itself.
  public let choice: any AugmentationParameters

  /// Wraps a choice.
  public init(_ choice: any AugmentationParameters) {
    self.choice = choice
  }

  /// The choice in a few words.
  public var words: String { choice.words }

  /// Whether both are the same choice.
  public static func == (a: ViewStepParameters, b: ViewStepParameters) -> Bool {
    AnyHashable(a.choice) == AnyHashable(b.choice)
  }

  /// Hashes the choice.
  public func hash(into hasher: inout Hasher) {
    choice.hash(into: &hasher)
  }
}

extension ViewStepParameters: Codable {
  private enum Key: CodingKey { case kind }

  /// Reads a choice.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let kind = try values.decode(String.self, forKey: .kind)
    guard let type = Augmentations.parameters(ofKind: kind) else {
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: values, debugDescription: "\(kind) is no augmentation's choice")
    }
    self.init(try type.init(from: decoder))
  }

  /// Writes the choice.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(type(of: choice).kind, forKey: .kind)
    try choice.encode(to: encoder)
  }
}

/// All that a recipe has chosen for one view: θ. Applied to the same image it gives the same bytes.
///
/// Views share a choice when one's `steps[i]` is copied to the other's; everything else stays independent.
public struct ViewParameters: Hashable, Sendable, Codable {
  /// The choices of the recipe's steps, in their order; nil where a step leaves the image as it is.
  public var steps: [ViewStepParameters?]

  init(_ steps: [ViewStepParameters?]) {
    self.steps = steps
  }

  /// Creates parameters from the choices of all steps.
  public init(steps: [(any AugmentationParameters)?]) {
    self.steps = steps.map { $0.map { ViewStepParameters($0) } }
  }
}

extension ViewParameters: CustomStringConvertible {
  /// The choices in words, such as `crop 61×58 at 3,4; mirrored; gray`.
  public var description: String {
    steps.compactMap { $0?.words }.joined(separator: "; ")
  }
}
