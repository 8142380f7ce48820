public import Basics

/// A miner of the catalogue with everything that was chosen, as the file of a run holds it.
public struct MinerRecipe: Hashable, Sendable, Codable {
  /// The name: `batch-hard`.
  public let name: String
  /// The numbers chosen, by the names of parameters.
  public let numbers: [String: Double]
  /// The words chosen, by the names of choices.
  public let words: [String: String]

  /// Creates a recipe; `entry` says whether it can be used.
  public init(_ name: String, numbers: [String: Double] = [:], words: [String: String] = [:]) {
    self.name = name
    self.numbers = numbers
    self.words = words
  }

  /// The miner.
  ///
  /// - Throws: `InputError` when there is none of the name, or what was chosen does not fit it.
  public func entry() throws(InputError) -> MinerEntry {
    guard let entry = MinerCatalogue[name] else {
      throw InputError.unknown(name, "is no miner", MinerCatalogue.entries.map(\.name))
    }
    try InputError.check(
      name, numbers, parameters: entry.parameters.map(\.name), { entry.limits[$0] ?? .any }, words,
      choices: entry.choices)
    if let problem = entry.problem(entry.numbers(numbers), entry.words(words)) { throw InputError(in: name, problem) }
    return entry
  }

  /// Chooses among rows with classes, by a recipe that `entry` accepts.
  ///
  /// - Parameters:
  ///   - rows: Anchors and candidates.
  ///   - random: What miners that draw lots draw from.
  /// - Returns: Pairs or triplets without a gradient.
  public func callAsFunction(_ rows: LabeledRows, random: RandomStream) throws -> MinedTuples {
    let entry = try entry()
    return entry.mine(
      MinerCall(rows: rows, numbers: entry.numbers(numbers), words: entry.words(words), random: random))
  }
}
