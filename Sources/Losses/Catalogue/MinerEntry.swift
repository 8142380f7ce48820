import Basics

/// A miner as a command offers it: its name, what can be chosen, and how it is made.
public struct MinerEntry: Sendable {
  /// The name: `batch-hard`.
  public let name: String
  /// What it chooses, in a clause.
  public let meaning: String
  /// The numbers that can be chosen.
  public let parameters: [LossDescription.Parameter]
  /// Choices among words.
  public let choices: [LossEntry.Choice]
  /// What numbers may be, by the names of parameters; others are any.
  public let limits: [String: LossEntry.Limit]

  /// What makes no sense among choices that are each possible, in a clause, or nil.
  let problem: @Sendable (_ numbers: [String: Double], _ words: [String: String]) -> String?
  let mine: @Sendable (MinerCall) -> MinedTuples

  init(
    _ name: String, _ meaning: String, parameters: [LossDescription.Parameter] = [], choices: [LossEntry.Choice] = [],
    limits: [String: LossEntry.Limit] = [:],
    problem: @escaping @Sendable ([String: Double], [String: String]) -> String? = { _, _ in nil },
    mine: @escaping @Sendable (MinerCall) -> MinedTuples
  ) {
    self.name = name
    self.meaning = meaning
    self.parameters = parameters
    self.choices = choices
    self.limits = limits
    self.problem = problem
    self.mine = mine
  }

  /// Numbers with the defaults of those that are not given.
  func numbers(_ given: [String: Double]) -> [String: Double] {
    parameters.reduce(into: given) { $0[$1.name] = $0[$1.name] ?? $1.standard }
  }

  /// Words with the defaults of those that are not given.
  func words(_ given: [String: String]) -> [String: String] {
    choices.reduce(into: given) { $0[$1.name] = $0[$1.name] ?? $1.words[0] }
  }
}

/// One use of a miner.
struct MinerCall {
  let rows: LabeledRows
  let numbers: [String: Double]
  let words: [String: String]
  let random: RandomStream

  func number(_ name: String) -> Double {
    guard let number = numbers[name] else { preconditionFailure("the miner's '\(name)' has neither value nor default") }
    return number
  }

  func word(_ name: String) -> String { words[name]! }

  /// The distance chosen; that of unit rows otherwise.
  var distance: PairDistance { PairDistance(rawValue: word("distance")) ?? .normalizedEuclidean }
}
