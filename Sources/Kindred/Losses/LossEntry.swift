/// A loss as a command offers it: what it tells about itself, which arrays it takes, and how it is computed of them.
public struct LossEntry: Sendable {
  /// A choice among words, such as which directions are compared.
  public struct Choice: Hashable, Sendable {
    /// The name it has on a command line.
    public let name: String
    /// The words, the default one first.
    public let words: [String]
    /// What is chosen.
    public let meaning: String
  }

  /// What a number may be.
  public enum Limit: Hashable, Sendable {
    case any, positive, notNegative, share, from0to1, atLeast(Double), below(Double), count, angle
  }

  /// What the loss tells about itself.
  public let description: LossDescription
  /// Which arrays it takes.
  public let files: LossFiles
  /// Defaults of parameters that differ between libraries, beside those of the description.
  public let defaults: [Semantics: [String: Double]]
  /// The semantics that are meant where none are named; nil where the loss has one definition.
  public let semantics: Semantics?
  /// Choices among words.
  public let choices: [Choice]

  private let limits: [String: Limit]
  private let dataCheck: @Sendable (LossData, LossData.Paths) throws -> Void
  /// Whom it compares with whom.
  let compared: @Sendable (LossCall) -> ComparedPairs
  let evaluate: @Sendable (LossCall) throws -> Tensor

  init(
    _ description: LossDescription, _ files: LossFiles,
    comparing compared: @escaping @Sendable (LossCall) -> ComparedPairs, defaults: [Semantics: [String: Double]] = [:],
    choices: [Choice] = [], limits: [String: Limit] = [:],
    check: @escaping @Sendable (LossData, LossData.Paths) throws -> Void = { _, _ in },
    evaluate: @escaping @Sendable (LossCall) throws -> Tensor
  ) {
    self.description = description
    self.files = files
    self.compared = compared
    // What is computed when nothing is asked for: the publication's definition, or else a library's, by its name.
    let usual = description.variants.keys.filter { description.variants[$0] == description.formula }
    semantics = description.variants[.paper] != nil ? .paper : usual.min { $0.rawValue < $1.rawValue }
    self.choices = choices
    self.defaults = defaults
    self.limits = limits
    dataCheck = check
    self.evaluate = evaluate
  }

  /// What a parameter's number may be.
  public func limit(of parameter: String) -> Limit { limits[parameter] ?? Self.usualLimits[parameter] ?? .any }

  private static let usualLimits: [String: Limit] = [
    "temperature": .positive, "scale": .positive, "base-temperature": .positive, "sigma": .positive, "gamma": .positive,
    "sharpness": .positive, "prior": .share, "concentration": .notNegative, "power": .atLeast(1), "centers": .count,
    "invariance": .notNegative, "variance": .notNegative, "covariance": .notNegative, "redundancy-weight": .notNegative,
    "alpha": .notNegative,
  ]

  func check(_ data: LossData, _ paths: LossData.Paths) throws {
    if files.second == .proxies, let labels = data.labels, let path = paths.labels {
      let low = Int(labels.min().item())
      if low < 0 { throw InputError(in: path, "has the label \(low)", remedy: "classes are numbered from 0") }
    }
    try dataCheck(data, paths)
  }
}

/// One evaluation of a loss: its data and what was chosen.
public final class LossCall {
  /// The arrays, as variables where they are differentiated.
  let data: LossData
  /// Numbers by the names of parameters; those not given hold their defaults.
  private let numbers: [String: Double]
  private let words: [String: String]
  /// Whose definition is computed.
  let semantics: Semantics
  /// Scalars that a model would learn, with their values as variables.
  private(set) var learned: [(name: String, value: Tensor)] = []

  init(_ data: LossData, numbers: [String: Double], words: [String: String], semantics: Semantics?) {
    self.data = data
    self.numbers = numbers
    self.words = words
    self.semantics = semantics ?? .paper
  }

  /// A parameter's number.
  func number(_ name: String) -> Double {
    guard let number = numbers[name] else {
      preconditionFailure("the parameter '\(name)' has neither value nor default")
    }
    return number
  }

  /// A parameter's number where one was given or is the default.
  func optional(_ name: String) -> Double? { numbers[name] }

  /// The word chosen.
  func word(_ name: String) -> String { words[name]! }

  /// A parameter as a scalar that is learned, and reported with its gradient.
  func learned(_ name: String) -> Tensor {
    let variable = Tensor(number(name), type: data.a.type).asVariable()
    learned.append((name, variable))
    return variable
  }
}
