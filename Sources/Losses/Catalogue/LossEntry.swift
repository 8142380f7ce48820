import Basics
package import Tensors

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
  /// Whether a miner can choose the pairs or triplets that are compared.
  public let takesMiner: Bool
  /// The parameters that a model may learn, of which the number is where learning starts.
  public let learned: [String]

  private let limits: [String: Limit]
  private let dataCheck: @Sendable (LossData, LossData.Paths) throws -> Void
  /// Whom it compares with whom.
  package let compared: @Sendable (LossCall) -> ComparedPairs
  package let evaluate: @Sendable (LossCall) throws -> Tensor

  init(
    _ description: LossDescription, _ files: LossFiles,
    comparing compared: @escaping @Sendable (LossCall) -> ComparedPairs, defaults: [Semantics: [String: Double]] = [:],
    choices: [Choice] = [], limits: [String: Limit] = [:], takesMiner: Bool = false, learned: [String] = [],
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
    self.takesMiner = takesMiner
    self.learned = learned
    self.defaults = defaults
    self.limits = limits
    dataCheck = check
    self.evaluate = { call in
      try call.requirePositives(choices, compared)
      return try evaluate(call)
    }
  }

  /// What a parameter's number may be.
  public func limit(of parameter: String) -> Limit { limits[parameter] ?? Self.usualLimits[parameter] ?? .any }

  private static let usualLimits: [String: Limit] = [
    "temperature": .positive, "scale": .positive, "base-temperature": .positive, "sigma": .positive, "gamma": .positive,
    "sharpness": .positive, "prior": .share, "concentration": .notNegative, "power": .atLeast(1), "centers": .count,
    "invariance": .notNegative, "variance": .notNegative, "covariance": .notNegative, "redundancy-weight": .notNegative,
    "alpha": .notNegative,
  ]

  /// Numbers with the defaults of those that are not given, of the semantics where it has its own.
  package func numbers(_ given: [String: Double], semantics: Semantics?) -> [String: Double] {
    description.parameters.reduce(into: given) { numbers, parameter in
      let standard = semantics.flatMap { defaults[$0]?[parameter.name] } ?? parameter.standard
      numbers[parameter.name] = numbers[parameter.name] ?? standard
    }
  }

  /// Words with the defaults of those that are not given.
  package func words(_ given: [String: String]) -> [String: String] {
    choices.reduce(into: given) { $0[$1.name] = $0[$1.name] ?? $1.words[0] }
  }

  /// Throws unless the data fit the loss.
  package func check(_ data: LossData, _ paths: LossData.Paths) throws {
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
  package private(set) var learned: [(name: String, value: Tensor)] = []
  /// The numbers and words that were asked for: the others have no effect on this data.
  package private(set) var used: Set<String> = []
  /// Values of scalars that a model does learn, by name.
  private let parameters: [String: Tensor]
  /// The pairs or triplets that alone are compared; nil where all are.
  let mined: MinedTuples?

  package init(
    _ data: LossData, numbers: [String: Double], words: [String: String], semantics: Semantics?,
    parameters: [String: Tensor] = [:], mined: MinedTuples? = nil
  ) {
    self.data = data
    self.parameters = parameters
    self.mined = mined
    self.numbers = numbers
    self.words = words
    self.semantics = semantics ?? .paper
  }

  /// A parameter's number.
  func number(_ name: String) -> Double {
    used.insert(name)
    guard let number = numbers[name] else {
      preconditionFailure("the parameter '\(name)' has neither value nor default")
    }
    return number
  }

  /// A parameter's number where one was given or is the default.
  func optional(_ name: String) -> Double? {
    used.insert(name)
    return numbers[name]
  }

  /// The word chosen.
  func word(_ name: String) -> String {
    used.insert(name)
    return words[name]!
  }

  /// All rows with their classes, of which only what was mined is compared.
  var labeledRows: LabeledRows {
    let rows = LabeledRows(data.rows, labels: data.rowLabels)
    return mined.map { rows.comparing(only: $0.pairs) } ?? rows
  }

  /// The triplets that alone are compared; nil where all are, or pairs were chosen.
  var triplets: TripletSelection? {
    if case .triplets(let triplets)? = mined { triplets } else { nil }
  }

  /// A parameter as a scalar that is learned, and reported with its gradient.
  func learned(_ name: String) -> Tensor {
    if let value = parameters[name] { return value }
    let variable = Tensor(number(name), type: data.a.type).asVariable()
    learned.append((name, variable))
    return variable
  }
}
