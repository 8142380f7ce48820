/// What came of a loss: its value, its gradients, and what was compared.
public struct LossEvaluation {
  /// What was chosen.
  public struct Choices: Sendable {
    /// Numbers by the names of parameters.
    public var numbers: [String: Double] = [:]
    /// Words by the names of choices.
    public var words: [String: String] = [:]
    /// Whose definition is computed; the loss's default where it is nil.
    public var semantics: Semantics?

    /// Creates choices, nothing of which is chosen.
    public init() {}
  }

  /// The loss.
  public let entry: LossEntry
  /// Its value.
  public let loss: Double
  /// Gradients by what they are of: `a`, `b`, `negatives`, and scalars that a model would learn. What the loss does not
  /// depend on, or does not differentiate, has none.
  public let gradients: [(name: String, gradient: Tensor)]
  /// What was compared.
  public let compared: ComparedCounts
  /// The semantics computed; nil where the loss has one definition.
  public let semantics: Semantics?
  /// The parameters that have an effect, with their values.
  public let parameters: [(name: String, value: Double)]

  /// Computes a loss with its gradients.
  ///
  /// - Parameters:
  ///   - entry: Which loss.
  ///   - data: Arrays that fit it.
  ///   - choices: Numbers, words and semantics.
  /// - Throws: `InputError` when the choices do not fit the loss.
  public init(of entry: LossEntry, _ data: LossData, _ choices: Choices = Choices()) throws {
    self.entry = entry
    semantics = choices.semantics ?? entry.semantics
    if let semantics, let chosen = choices.semantics, entry.description.variants[chosen] == nil {
      throw InputError(
        "\(entry.description.name) knows the semantics "
          + entry.description.variants.keys.map(\.rawValue).sorted().joined(separator: ", "),
        remedy: "'\(semantics.rawValue)' is not among them")
    }
    let numbers = entry.numbers(choices.numbers, semantics: semantics)
    let words = entry.words(choices.words)
    var variables = data
    variables.a = data.a.asVariable()
    variables.b = data.b?.asVariable()
    variables.negatives = data.negatives?.asVariable()
    let call = LossCall(variables, numbers: numbers, words: words, semantics: semantics)
    compared = entry.compared(call).counts(data)
    let value = try entry.evaluate(call)
    loss = value.item()
    parameters = entry.description.parameters.compactMap { parameter in
      numbers[parameter.name].flatMap { call.used.contains(parameter.name) ? (parameter.name, $0) : nil }
    }
    let chosen = choices.numbers.keys + entry.choices.filter { words[$0.name] != $0.words[0] }.map(\.name)
    if let idle = chosen.sorted().first(where: { !call.used.contains($0) }) {
      throw InputError(
        "--\(idle) has no effect on what was asked for",
        remedy: "leave it out, or see 'kindred loss \(entry.description.name) --help' for what it goes with")
    }
    let named: [(name: String, value: Tensor?)] =
      [("a", variables.a), ("b", variables.b), ("negatives", variables.negatives)] + call.learned
    let inputs = named.compactMap { entry in entry.value.map { (entry.name, $0) } }
    let found = value.requiresGradient ? value.gradients(of: inputs.map(\.1)) : inputs.map { _ in nil }
    gradients = zip(inputs, found).compactMap { input, gradient in gradient.map { (input.0, $0) } }
  }
}
