public import Basics
package import Tensors

/// A loss of the catalogue with everything that was chosen, as the file of a run holds it.
public struct LossRecipe: Hashable, Sendable, Codable {
  /// The name: `triplet`.
  public let name: String
  /// The numbers chosen, by the names of parameters.
  public let numbers: [String: Double]
  /// The words chosen, by the names of choices.
  public let words: [String: String]
  /// Whose definition is computed; the loss's default where it is nil.
  public let semantics: Semantics?

  /// Creates a recipe; `entry` says whether it can be computed.
  public init(
    _ name: String, numbers: [String: Double] = [:], words: [String: String] = [:], semantics: Semantics? = nil
  ) {
    self.name = name
    self.numbers = numbers
    self.words = words
    self.semantics = semantics
  }

  /// The loss.
  ///
  /// - Throws: `InputError` when there is none of the name, or what was chosen does not fit it.
  public func entry() throws(InputError) -> LossEntry {
    guard let entry = LossCatalogue[name] else {
      throw InputError.unknown(name, "is no loss", LossCatalogue.entries.map(\.description.name))
    }
    let parameters = entry.description.parameters.map(\.name)
    try InputError.check(name, numbers, parameters: parameters, entry.limit(of:), words, choices: entry.choices)
    if let semantics, entry.description.variants[semantics] == nil {
      let known = entry.description.variants.keys.map(\.rawValue).sorted()
      throw InputError(
        in: name, "does not know the semantics \(semantics.rawValue)",
        remedy: known.isEmpty ? "it has one definition" : "it knows \(known.joined(separator: ", "))")
    }
    return entry
  }

  /// Computes the loss of data that fit it, of a recipe that `entry` accepts.
  ///
  /// - Parameters:
  ///   - learned: Values of parameters that a model learns, by name.
  ///   - mined: What alone is compared; nil for everything.
  /// - Throws: `InputError` when the data do not fit after all.
  package func callAsFunction(
    _ data: LossData, learned: [String: Tensor] = [:], mined: MinedTuples? = nil
  ) throws -> Tensor {
    let entry = try entry()
    let semantics = semantics ?? entry.semantics
    return try entry.evaluate(
      LossCall(
        data, numbers: entry.numbers(numbers, semantics: semantics), words: entry.words(words), semantics: semantics,
        parameters: learned, mined: mined))
  }
}
