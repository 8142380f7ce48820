extension LossEvaluation {
  /// The result on a few lines, for a person.
  public var text: String {
    var lines = [("loss", Self.precise(loss))]
    if !gradients.isEmpty {
      lines.append(
        (
          "gradient",
          gradients.map { "|∂\($0.name)| \(Self.precise($0.gradient.norm().item()))" }.joined(separator: "   ")
        ))
    }
    let formula = (entry.description.formula(semantics) ?? entry.description.formula)
      .split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }
    lines.append(("formula", formula.first.map(String.init) ?? ""))
    lines += formula.dropFirst().map { ("", String($0)) }
    if !parameters.isEmpty {
      lines.append(("with", parameters.map { "\($0.name) \(Figures.short($0.value))" }.joined(separator: ", ")))
    }
    if let semantics {
      let others = entry.description.variants.keys.filter { $0 != semantics }.map(\.rawValue).sorted()
      lines.append(
        ("semantics", semantics.rawValue + (others.isEmpty ? "" : " (also: \(others.joined(separator: ", ")))")))
    }
    lines.append(("compared", compared.text))
    return lines.map { name, value in
      name + String(repeating: " ", count: max(11 - name.count, 1)) + value
    }.joined(separator: "\n")
  }

  /// All digits of a number.
  private static func precise(_ value: Double) -> String { "\(value)" }
}

extension LossEvaluation: Encodable {
  private enum Keys: String, CodingKey {
    case name, loss, gradients, formula, semantics, parameters, compared, source
  }

  private struct Gradient: Encodable {
    let norm: Double
    let shape: [Int]
  }

  /// Writes what a program may want to read: `{"loss": …, "gradients": {"a": {"norm": …}, "b": {"norm": …}}, …}`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Keys.self)
    try fields.encode(entry.description.name, forKey: .name)
    try fields.encode(loss, forKey: .loss)
    let norms = gradients.map { ($0.name, Gradient(norm: $0.gradient.norm().item(), shape: $0.gradient.shape)) }
    try fields.encode(Dictionary(uniqueKeysWithValues: norms), forKey: .gradients)
    try fields.encode(entry.description.formula(semantics) ?? entry.description.formula, forKey: .formula)
    try fields.encodeIfPresent(semantics, forKey: .semantics)
    try fields.encode(
      Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.value) }), forKey: .parameters)
    try fields.encode(compared, forKey: .compared)
    try fields.encode(entry.description.source, forKey: .source)
  }

  /// The gradients as a file holds them: a tensor each, of its input's shape.
  public var gradientFile: SafeTensors {
    SafeTensors(
      Dictionary(uniqueKeysWithValues: gradients.map { ($0.name, $0.gradient) }),
      metadata: ["loss": "\(loss)", "name": entry.description.name])
  }
}
